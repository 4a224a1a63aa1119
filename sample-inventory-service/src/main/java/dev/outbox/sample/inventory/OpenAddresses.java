package dev.outbox.sample.inventory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The console brings Spring Security, which protects all other addresses, too, until the service says what may be done there. This
 * one is a sample: everybody may order.
 */
@Configuration(proxyBeanMethods = false)
class OpenAddresses {

    @Bean
    SecurityFilterChain everybodyMayOrder(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }
}
