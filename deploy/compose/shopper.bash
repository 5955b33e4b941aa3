# A shopper with a browser without JavaScript, on the host, who takes forms as the pages give them.
# shellcheck shell=bash

password=corect-cal-baterie
email=ana@example.com

# published SERVICE: where its port of the host leads, for curl.
published() {
    of "$1" '.ports[0] | "\(.published) \(.target)"' | {
        read -r here there
        echo "localhost:$here:${addresses[$1/outside]}:$there"
    }
}

# In `base`: where the shop is. In `reach`: how curl gets there. In `jar`: the browser's cookies.
ask() { curl --silent --show-error --max-time 30 "${reach[@]}" --cookie "$jar" --cookie-jar "$jar" "$@"; }
status_of() { ask --output /dev/null --write-out '%{http_code}' "$@"; }
answers() { [ "$(status_of "$base/" 2> /dev/null)" = 200 ]; }
field_in() { grep --only-matching "name=\"$2\" value=\"[^\"]*\"" <<< "$1" | head -1 | cut -d'"' -f4; }

# send PATH PAGE FIELD=VALUE...: the form of a page, which must lead on. Prints where to.
send() {
    local path=$1 page=$2 field fields=() answer
    shift 2
    for field in "form_token=$(field_in "$page" form_token)" "$@"; do
        fields+=(--data-urlencode "$field")
    done
    answer=$(ask --output /dev/null --write-out '%{http_code} %header{location}' "${fields[@]}" "$base$path")
    if [ "${answer% *}" != 303 ]; then fail "$path: $answer"; fi
    echo "${answer#* }"
}

# mail_with PATTERN: a mail to the shopper whose text has it. Prints what matches.
mail_with() {
    local text
    text=$(read_mails) || return 1
    grep --only-matching --extended-regexp --max-count 1 "$1" <<< "$text"
}
read_mails() {
    python3 - "$mails" "$email" << 'PYTHON'
import email, pathlib, sys
from email import policy
for file in pathlib.Path(sys.argv[1]).rglob("*"):
    if file.is_file():
        mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
        if sys.argv[2] in mail.get("To", ""):
            print(mail["Subject"], mail.get_body(("plain",)).get_content(), sep="\n")
PYTHON
}

catalog_has() { ask --fail "$base/" | grep "data-sku=\"$1\"" > /dev/null; }

# buy: from the first page to the mail about the order.
buy() {
    local pattern link page order
    # The shop keeps the page of a catalog for a moment, even of an empty one.
    until_true 30 catalog_has SH03
    send /register "$(ask "$base/register")" "email=$email" last_name=Popa first_name=Ana \
        "address=Strada Lungă 1" "password=$password" "password_confirmation=$password" > /dev/null
    pattern="$base/[^ ]*activate/[0-9a-f]+"
    until_true 30 mail_with "$pattern" > /dev/null
    link=$(mail_with "$pattern")
    send "${link#"$base"}" "$(ask "$link")" > /dev/null
    send /login "$(ask "$base/login")" "email=$email" "password=$password" > /dev/null
    send /cart/items "$(ask "$base/products/smart-home-hub")" sku=SH03 quantity=2 > /dev/null
    page=$(ask "$base/checkout")
    order=$(send /checkout "$page" "idempotency_key=$(field_in "$page" idempotency_key)" \
        "total=$(field_in "$page" total)" "address=Strada Lungă 1")
    order=${order##*/}
    grep --quiet "data-order=\"$order\"" <<< "$(ask "$base/orders")" || fail "order $order is not in the list"
    until_true 30 mail_with "$order" > /dev/null
    echo "    registered, activated, signed in, order $order, mails on $base"
}

cookies_are_secure() {
    local cookies
    cookies=$(grep --perl-regexp '\t__Host-' "$jar")
    if awk '$4 != "TRUE" { exit 1 }' <<< "$cookies"; then return; fi
    fail "a cookie would go without TLS: $cookies"
}

# Nothing that the health port has is a page of the shop, and nobody outside gets to the port itself.
health_port_is_inside() {
    local path
    for path in healthz readiness version metrics; do
        if [ "$(status_of "$base/$path")" != 404 ]; then fail "/$path is open to everyone"; fi
    done
    if [ "$(status_of --request POST "$base/drain")" != 404 ]; then fail "everyone can drain the shop"; fi
}

# Services reach those that they share a network with, no others; the host reaches the outside network.
networks_are_apart() {
    connects shop database 3306 || fail "the shop does not reach its database"
    if connects front "${addresses[database/back]}" 3306; then fail "the front reaches the database"; fi
    if connects mailer 172.30.97.1 8443 || connects mailer 192.0.2.1 80; then fail "the mailer gets out"; fi
    if timeout 2 bash -c "< /dev/tcp/${addresses[shop/front]}/8001" 2> /dev/null; then
        fail "the host reaches the health port"
    fi
}
connects() {
    nsenter --target "${pids[$1]}" --net --mount --root --wd -- \
        timeout 2 bash -c "< /dev/tcp/$2/$3" 2> /dev/null
}

# What one client may ask for comes to an end, whatever the client says about its address, and only for it.
address_of_client_counts() {
    local number answer
    jar=$work/stranger
    for number in {1..40}; do
        answer=$(ask_for_a_link "${shoppers[1]}" "$number")
        if [ "$answer" = 429 ]; then break; fi
    done
    if [ "$answer" != 429 ]; then fail "forged addresses are believed: $answer"; fi
    answer=$(ask_for_a_link "${shoppers[0]}" 41)
    if [ "$answer" = 429 ]; then fail "all clients are one to the shop"; fi
}
ask_for_a_link() {
    local token
    token=$(field_in "$(ask "$base/forgot")" form_token)
    status_of --interface "$1" --header "X-Forwarded-For: 203.0.113.$2" \
        --data-urlencode "form_token=$token" --data-urlencode "email=stranger$2@example.com" "$base/forgot"
}
