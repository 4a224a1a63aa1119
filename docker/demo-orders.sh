#!/bin/sh
# Places five orders, waits until each is decided, and shows them. The stock holds ten samovars: three orders' worth.
set -eu

place() {
    curl -fsS -o /dev/null -w '%header{location}\n' -H 'Content-Type: application/json' "$ORDERS_URL" \
        -d "{\"customer\": \"$1\", \"lines\": [{\"sku\": \"samovar\", \"quantity\": 3}], \"currency\": \"EUR\"}"
}

show() {
    order=$(curl -fsS "$1")
    while [ "${order#*PLACED}" != "$order" ]; do
        sleep 1
        order=$(curl -fsS "$1")
    done
    echo "$order"
}

locations=
for customer in ada alan barbara edsger grace; do
    locations="$locations $(place "$customer")"
done
for location in $locations; do
    show "$location"
done
