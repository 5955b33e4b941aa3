# Load on the shop's Service: catalog, cart and sign-ins, on connections that are kept and on new ones.
# shellcheck shell=bash disable=SC2154    # work, namespace, is_local and password are cluster-test's

load_pids=()
stop_file=

# load_start: 151 requests a second, more as catalog pages a second if an argument says so.
load_start() {
    local url=http://shop-vitrina.$namespace.svc session token visitor body
    session=$(sign_in http://shop-vitrina ana@example.com)
    token=$(field_in "$(show "$session" http://shop-vitrina/cart)" form_token)
    put "$session" http://shop-vitrina USB02 1
    local signed_in=(-H "Cookie: $session")
    local post=(-new -method POST -H 'Content-Type: application/x-www-form-urlencoded')
    local change=("${signed_in[@]}" -body "form_token=$token&quantity=2")

    rm -f "$work"/load-*
    load_pids=()
    if [ "$is_local" = no ] || [ "${LOAD:-}" = curl ]; then
        slow_load "$session"
        return
    fi
    load pages-kept -rate "${1:-60}" "$url/"
    load pages-new -rate 50 -new "$url/products/usb-fingerprint-reader"
    load carts -rate 30 "${signed_in[@]}" "$url/cart"
    load changes -rate 10 "${post[@]}" "${change[@]}" "$url/cart/items/USB02"
    open_sign_in http://shop-vitrina
    body="form_token=$token&email=ion%40example.com&password=$password"
    # Fewer than the 100 passwords that one client may try.
    load sign-ins -rate 1 -max 90 "${post[@]}" -H "Cookie: $visitor" -H "X-Forwarded-For: $(stranger)" \
        -body "$body" "$url/login"
    sleep 2    # so that each of them has connections when the change begins
}

load() {
    local name=$1
    shift
    "$here/local-cluster" hit -for 15m -timeout 10s "$@" > "$work/load-$name" 2>&1 &
    load_pids+=($!)
}

# load_stop: adds what was sent and what failed to the scenario's counts.
load_stop() {
    local pid sums
    if [ ${#load_pids[@]} = 0 ]; then return; fi
    if [ "$is_local" = no ] || [ "${LOAD:-}" = curl ]; then
        kubectl exec client -- sh -c ": > $stop_file"
    else
        sleep 2
        for pid in "${load_pids[@]}"; do kill -TERM "$pid" 2> /dev/null || true; done
    fi
    for pid in "${load_pids[@]}"; do wait "$pid" || true; done
    sums=$(if [ -e "$work/load-curl" ]; then sum_of_curl; else sum_of_hit; fi)
    echo "$sums" >> "$work/counts"
    if [ "$(awk '$1 > 0' <<< "$sums" | wc -l)" -lt ${#load_pids[@]} ]; then
        echo "a load has sent nothing" | tee "$work/idle" >&2
    fi
    load_pids=()
    grep --no-filename 'first error' "$work"/load-* >&2 || true
}

sum_of_hit() {
    sed -n 's/^sent \([0-9]*\) ok.* failed \([0-9]*\) retried \([0-9]*\) .*/\1 \2 \3/p' \
        "$work"/load-*
}
sum_of_curl() { awk '{ failed += $1 !~ /^[23]/ } END { print NR, failed + 0, 0 }' "$work/load-curl"; }

# For clusters without that load generator: curl in the pod `client`, one after the other, half of it on
# new connections, about as many requests a second.
slow_load() {
    local options="--silent --max-time 10 --output /dev/null --write-out %{http_code}\\n --rate 50/s"
    stop_file=/tmp/stop-$RANDOM
    kubectl exec client -- sh -c "
        again() { while [ ! -e $stop_file ]; do curl $options \"\$@\"; done; }
        again 'http://shop-vitrina/#[1-100]' &
        again --header 'Connection: close' 'http://shop-vitrina/products/usb-fingerprint-reader#[1-100]' &
        again --header 'Cookie: $1' 'http://shop-vitrina/cart#[1-100]' &
        wait" > "$work/load-curl" &
    load_pids+=($!)
    sleep 2
}
