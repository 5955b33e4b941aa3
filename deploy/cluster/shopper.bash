# A shopper: a browser without JavaScript, in the pod `client`, that takes forms as the pages give them.
# shellcheck shell=bash disable=SC2154    # password is cluster-test's

# ask ARG...: curl inside the cluster.
ask() { kubectl exec client -- curl --silent --show-error --max-time 30 "$@"; }

# Cookies are carried by hand: they are Secure, and curl would not send them to a Service without TLS.
cookies_in() { sed -n 's/^set-cookie: \([^;]*\);.*/\1/ip' <<< "$1" | paste --serial --delimiter=';'; }
status_in() { head -1 <<< "$1" | cut -d' ' -f2; }
location_in() { tr -d '\r' <<< "$1" | sed -n 's/^location: //ip'; }
field_in() { grep --only-matching "name=\"$2\" value=\"[^\"]*\"" <<< "$1" | head -1 | cut -d'"' -f4; }
attribute_in() { grep --only-matching "$2=\"[^\"]*\"" <<< "$1" | head -1 | cut -d'"' -f2; }

# open_sign_in URL: the cookie and the token that a sign-in needs, into `visitor` and `token`.
open_sign_in() {
    local page
    page=$(ask --include "$1/login")
    visitor=$(cookies_in "$page")
    token=$(field_in "$page" form_token)
}

# try_password URL EMAIL PASSWORD: the answer to a sign-in.
try_password() {
    local visitor token
    open_sign_in "$1"
    ask --include --header "Cookie: $visitor" --header "X-Forwarded-For: $(stranger)" \
        --data-urlencode "form_token=$token" --data-urlencode "email=$2" \
        --data-urlencode "password=$3" "$1/login"
}

# A client of its own for each try: what one client may do is not what is tested here.
stranger() { echo "203.0.113.$((RANDOM % 250 + 1))"; }

# sign_in URL EMAIL: prints the cookie of the session.
sign_in() {
    local answer
    answer=$(try_password "$1" "$2" "$password")
    if [ "$(status_in "$answer")" != 303 ]; then
        echo "sign-in of $2: $(status_in "$answer")" >&2
        return 1
    fi
    cookies_in "$answer" | tr ';' '\n' | grep 'shop_session='
}

# show COOKIE URL: a page.
show() { ask --include --header "Cookie: $1" "$2"; }

# send COOKIE URL PAGE FIELD=VALUE...: the form of that page.
send() {
    local cookie=$1 url=$2 token field fields=()
    token=$(field_in "$3" form_token)
    shift 3
    for field in "$@"; do fields+=(--data-urlencode "$field"); done
    ask --include --header "Cookie: $cookie" --data-urlencode "form_token=$token" "${fields[@]}" "$url"
}

# put COOKIE URL SKU QUANTITY: into the cart.
put() {
    local page answer
    page=$(show "$1" "$2/cart")
    answer=$(send "$1" "$2/cart/items" "$page" "sku=$3" "quantity=$4")
    [ "$(status_in "$answer")" = 303 ] || fail "put into the cart: $(status_in "$answer")"
}

# How many pieces of the SKU the cart has: pieces COOKIE URL SKU.
pieces() {
    local page
    page=$(show "$1" "$2/cart")
    grep --only-matching "data-sku=\"$3\" data-quantity=\"[0-9]*\"" <<< "$page" | head -1 | cut -d'"' -f4
}

# order COOKIE URL: orders what is in the cart, and prints the order's path.
order() {
    local page answer
    page=$(show "$1" "$2/checkout")
    answer=$(send "$1" "$2/checkout" "$page" "idempotency_key=$(field_in "$page" idempotency_key)" \
        "total=$(field_in "$page" total)" "address=Strada Lungă 1, Brașov")
    [ "$(status_in "$answer")" = 303 ] || fail "checkout: $(status_in "$answer")"
    location_in "$answer"
}
