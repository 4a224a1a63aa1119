{{- define "outbox-relay.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "outbox-relay.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "outbox-relay.name" .) .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "outbox-relay.name" .) | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "outbox-relay.selector" -}}
app.kubernetes.io/name: {{ include "outbox-relay.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "outbox-relay.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "outbox-relay.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: relay
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "outbox-relay.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "outbox-relay.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "outbox-relay.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* Until the relay has drained and handed over its lanes, with time for the JVM to end. */}}
{{- define "outbox-relay.gracePeriod" -}}
{{- add .Values.relay.drainSeconds 30 }}
{{- end }}

{{/* outbox-relay.yaml, as the relay reads it. Secrets are not in it; it refers to them as variables. */}}
{{- define "outbox-relay.config" -}}
{{- $relay := dict "lanes" .Values.relay.lanes "drain-timeout" (printf "%ds" (int .Values.relay.drainSeconds)) }}
{{- with .Values.relay.engine }}
{{- $_ := set $relay "engine" . }}
{{- end }}
{{- $kafka := dict }}
{{- with .Values.kafka.bootstrapServers }}
{{- $_ := set $kafka "bootstrap-servers" . }}
{{- end }}
{{- $spring := dict "kafka" $kafka "lifecycle" (dict "timeout-per-shutdown-phase" (printf "%ds" (int (add .Values.relay.drainSeconds 10)))) }}
{{- with .Values.database.url }}
{{- $_ := set $spring "datasource" (dict "url" .) }}
{{- end }}
{{- if .Values.kafka.tls.enabled }}
{{- $folder := printf "/etc/outbox-relay/certificates/%s" .Values.kafka.tls.certificates }}
{{- $pem := dict "truststore" (dict "certificate" (printf "%s/ca.crt" $folder)) }}
{{- if .Values.kafka.tls.clientCertificate }}
{{- $_ := set $pem "keystore" (dict "certificate" (printf "%s/tls.crt" $folder) "private-key" (printf "%s/tls.key" $folder)) }}
{{- end }}
{{- $_ := set $spring "ssl" (dict "bundle" (dict "pem" (dict "kafka" $pem))) }}
{{- $_ := set $kafka "ssl" (dict "bundle" "kafka") }}
{{- end }}
{{- $sasl := .Values.kafka.sasl.mechanism }}
{{- if or $sasl .Values.kafka.tls.enabled }}
{{- $protocol := printf "%s%s" (ternary "SASL_" "" (ne $sasl "")) (ternary "SSL" "PLAINTEXT" .Values.kafka.tls.enabled) }}
{{- $_ := set $kafka "security" (dict "protocol" $protocol) }}
{{- end }}
{{- if $sasl }}
{{- $module := ternary "plain.PlainLoginModule" "scram.ScramLoginModule" (eq $sasl "PLAIN") }}
{{- $login := printf "org.apache.kafka.common.security.%s required username=\"${KAFKA_USERNAME}\" password=\"${KAFKA_PASSWORD}\";" $module }}
{{- $_ := set $kafka "properties" (dict "sasl.mechanism" $sasl "sasl.jaas.config" $login) }}
{{- end }}
{{- $outbox := dict "relay" $relay }}
{{- if .Values.serviceMonitor.enabled }}
{{- $user := dict "password" "${SCRAPE_HASH}" "roles" "viewer" }}
{{- $_ := set $outbox "console" (dict "users" (dict .Values.serviceMonitor.user $user)) }}
{{- end }}
{{- $name := dict "application" (dict "name" (include "outbox-relay.fullname" .)) }}
{{- $base := dict "spring" (mustMerge $name $spring) "outbox" $outbox }}
{{- toYaml (mustMergeOverwrite $base (deepCopy .Values.config)) }}
{{- end }}

{{- define "outbox-relay.env" -}}
- name: SERVER_PORT
  value: "8090"
- name: SPRING_CONFIG_ADDITIONALLOCATION
  value: file:/etc/outbox-relay/
- name: JAVA_TOOL_OPTIONS
  value: {{ .Values.javaOptions | quote }}
{{- if .Values.database.existingSecret }}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: {{ .Values.database.usernameKey }}
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: {{ .Values.database.passwordKey }}
{{- end }}
{{- if .Values.kafka.sasl.mechanism }}
- name: KAFKA_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ required "kafka.sasl.existingSecret is missing: it names the Secret with the user for kafka.sasl.mechanism" .Values.kafka.sasl.existingSecret }}
      key: {{ .Values.kafka.sasl.usernameKey }}
- name: KAFKA_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .Values.kafka.sasl.existingSecret }}
      key: {{ .Values.kafka.sasl.passwordKey }}
{{- end }}
{{- if .Values.serviceMonitor.enabled }}
- name: SCRAPE_HASH
  valueFrom:
    secretKeyRef:
      name: {{ required "serviceMonitor.existingSecret is missing: it names the Secret with the user by which Prometheus scrapes" .Values.serviceMonitor.existingSecret }}
      key: {{ .Values.serviceMonitor.hashKey }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The container, in a pod of its own or in that of the service. */}}
{{- define "outbox-relay.container" -}}
name: outbox-relay
image: {{ include "outbox-relay.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
ports:
  - name: http-relay
    containerPort: 8090
    protocol: TCP
env:
  {{- include "outbox-relay.env" . | nindent 2 }}
# None of them looks at Kafka or the database: see docs/health.md.
startupProbe:
  httpGet:
    path: /actuator/health/liveness
    port: http-relay
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 90
livenessProbe:
  httpGet:
    path: /actuator/health/liveness
    port: http-relay
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /actuator/health/readiness
    port: http-relay
  periodSeconds: 5
  timeoutSeconds: 5
resources:
  {{- toYaml .Values.resources | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  privileged: false
  readOnlyRootFilesystem: true
  runAsGroup: 10001
  runAsNonRoot: true
  runAsUser: 10001
  seccompProfile:
    type: RuntimeDefault
volumeMounts:
  - name: outbox-relay-config
    mountPath: /etc/outbox-relay/outbox-relay.yaml
    subPath: outbox-relay.yaml
    readOnly: true
  - name: outbox-relay-tmp
    mountPath: /tmp
  {{- range $folder, $certificates := .Values.certificates }}
  - name: outbox-relay-{{ $folder }}
    mountPath: /etc/outbox-relay/certificates/{{ $folder }}
    readOnly: true
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
The relay as a native sidecar, for the chart of a service that has this one as a dependency with deployment.enabled=false:

      initContainers:
        {{- include "outbox-relay.sidecar" (index .Subcharts "outbox-relay") | nindent 8 }}
      volumes:
        {{- include "outbox-relay.volumes" (index .Subcharts "outbox-relay") | nindent 8 }}

The pod then ends the relay after the service, so that the last events are relayed as well, and needs the grace of both.
*/}}
{{- define "outbox-relay.sidecar" -}}
-
  {{- include "outbox-relay.container" . | nindent 2 }}
  restartPolicy: Always
{{- end }}

{{- define "outbox-relay.volumes" -}}
- name: outbox-relay-config
  configMap:
    name: {{ include "outbox-relay.fullname" . }}
- name: outbox-relay-tmp
  emptyDir:
    sizeLimit: 128Mi
{{- range $folder, $certificates := .Values.certificates }}
- name: outbox-relay-{{ $folder }}
  # Readable for the user of the relay, whatever group the pod of a service has.
  secret:
    secretName: {{ $certificates.secretName }}
    defaultMode: 0444
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
