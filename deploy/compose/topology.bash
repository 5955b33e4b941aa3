# The topology of compose.yaml as processes: a network namespace for each service, a bridge for each network.
# shellcheck shell=bash

declare -A pids=() addresses=()
started=()

of() { jq --raw-output --arg service "$1" ".services[\$service] | $2" "$work/config.json"; }

of_all() { jq --raw-output "$@" "$work/config.json"; }

# read_compose_file PROFILE: as Docker Compose itself understands it, with secrets of this run.
read_compose_file() {
    docker-compose --file "$work/deploy/compose.yaml" --profile "$1" config --format json \
        > "$work/as-written.json"
    # MariaDB's image has a user of its own.
    jq '(.services[] | select(.image | contains("/mariadb:")).user) //= "999:999"' "$work/as-written.json" \
        > "$work/config.json"
}

# Bridges, addresses and names. A service knows those alone that it shares a network with. The shopper is
# the host, and has a foot in the networks that are not internal.
make_networks() {
    local network service subnet number=100 host
    while read -r network subnet; do
        if [ "$subnet" = null ]; then subnet=172.30.$((number++)).0/24; fi
        ip link add "br-$network" type bridge
        ip link set "br-$network" up
        host=2
        for service in $(of_all --arg network "$network" \
            '.services | to_entries[] | select(.value.networks | has($network)) | .key'); do
            host=$((host + 1))
            join "$service" "$network" "${subnet%.*}.$host"
        done
        if [ "$(of_all ".networks[\"$network\"].internal")" != true ]; then
            ip address add "${subnet%.*}.1/24" dev "br-$network"
            ip address add "${subnet%.*}.2/24" dev "br-$network"
            shoppers=("${subnet%.*}.1" "${subnet%.*}.2")
        fi
    done < <(of_all '.networks | to_entries[] | "\(.key) \(.value.ipam.config[0].subnet)"')
    write_hosts
}

# join SERVICE NETWORK ADDRESS
join() {
    local link=v${#addresses[@]}
    if [ ! -e "/run/netns/$1" ]; then
        ip netns add "$1"
        ip -netns "$1" link set lo up
    fi
    ip link add "$link" type veth peer name "$2" netns "$1"
    ip link set "$link" master "br-$2" up
    ip -netns "$1" address add "$3/24" dev "$2"
    ip -netns "$1" link set "$2" up
    addresses[$1/$2]=$3
}

write_hosts() {
    local member network service other
    mkdir -p "$work/hosts"
    for member in "${!addresses[@]}"; do
        service=${member%/*}
        network=${member#*/}
        for other in "${!addresses[@]}"; do
            if [ "${other#*/}" = "$network" ]; then echo "${addresses[$other]} ${other%/*}"; fi
        done >> "$work/hosts/$service"
    done
    for service in "$work"/hosts/*; do echo "127.0.0.1 localhost" >> "$service"; done
}

make_volumes() {
    local volume user
    while read -r volume user; do
        mkdir -p "$work/volumes/$volume"
        chown "$user" "$work/volumes/$volume"
    done < <(of_all '.services[] | . as $service | .volumes // [] | .[] | select(.type == "volume")
        | "\(.source) \($service.user // "0:0")"')
}

# What MariaDB's image does before it starts the server.
first_start_of_mariadb='set -eu
mariadb-install-db --no-defaults --datadir=/var/lib/mysql --skip-test-db > /dev/null
cat > /tmp/init.sql << SQL
CREATE DATABASE \`$MARIADB_DATABASE\`;
CREATE USER \`$MARIADB_USER\`@\`%\` IDENTIFIED BY "$(cat "$MARIADB_PASSWORD_FILE")";
GRANT ALL ON \`$MARIADB_DATABASE\`.* TO \`$MARIADB_USER\`@\`%\`;
SQL
exec mariadbd --no-defaults --datadir=/var/lib/mysql --socket=/tmp/socket --init-file=/tmp/init.sql "$@"'

# start SERVICE [ARGUMENT...]: the program that stands for its image, with the file's command.
start() {
    local service=$1 program arguments image
    image=$(of "$service" .image)
    mapfile -t arguments < <(of "$service" '.command // [] | .[]')
    case $image in
        vitrina/shop-web:*) program=(env "${shop_web_environment[@]}" /shop-web) ;;
        vitrina/*) program=("/$(cut -d/ -f2 <<< "${image%:*}")") ;;
        docker.io/library/mariadb:*) program=(sh -c "$first_start_of_mariadb" mariadbd) ;;
        docker.io/library/caddy:*)
            program=(env XDG_DATA_HOME=/data XDG_CONFIG_HOME=/config
                /caddy run --config /etc/caddy/Caddyfile --adapter caddyfile)
            ;;
        docker.io/axllent/mailpit:*)
            program=(python3 -m aiosmtpd --nosetuid --listen 0.0.0.0:1025
                --class aiosmtpd.handlers.Mailbox /tmp/mails)
            ;;
        *) fail "nothing stands for the image $image" ;;
    esac
    ip netns exec "$service" "$here/enter" "$work" "$service" "${program[@]}" "${arguments[@]}" \
        < /dev/null >> "$work/logs/$service" 2>&1 &
    pids[$service]=$!
    started+=("$service")
}

# run_once SERVICE ARGUMENT...: as `docker compose run --rm` of one of our programs.
run_once() {
    local service=$1 program
    program=/$(of "$service" .image | cut -d/ -f2 | cut -d: -f1)
    shift
    ip netns exec "$service" "$here/enter" "$work" "$service" "$program" "$@"
}

# up SERVICE: after what it depends on.
up() {
    local service=$1 needed condition
    if [ -n "${pids[$service]:-}" ]; then return; fi
    while read -r needed condition; do
        up "$needed"
        "$condition" "$needed"
    done < <(of "$service" '.depends_on // {} | to_entries[] | "\(.key) \(.value.condition)"')
    echo "    $service"
    start "$service"
}

# The conditions, under the names that the file has for them.
service_started() { running "$1"; }
service_completed_successfully() { wait "${pids[$1]}" || fail "$1 did not complete: $?"; }
service_healthy() { until_true 60 healthy_or_ended "$1"; running "$1"; }

running() { kill -0 "${pids[$1]}" 2> /dev/null || fail "$1 does not run"; }
healthy_or_ended() { ! kill -0 "${pids[$1]}" 2> /dev/null || healthy "$1"; }
healthy() {
    local check environment
    mapfile -t check < <(of "$1" '.healthcheck.test[1:][]')
    # The program of MariaDB's image.
    if [ "${check[0]}" = healthcheck.sh ]; then
        check=(mariadb-admin --no-defaults --socket=/tmp/socket status)
    fi
    mapfile -d '' -t environment < "/proc/${pids[$1]}/environ"
    nsenter --target "${pids[$1]}" --net --mount --root --wd -- \
        env --ignore-environment "${environment[@]}" "${check[@]}" > "$work/logs/health" 2>&1
}

# stop SERVICE: must end by itself, in the time that the file gives it.
stop() {
    local service=$1 grace signal=TERM code=0
    grace=$(of "$service" '.stop_grace_period // "10s"')
    # The catcher that stands for Mailpit knows no other.
    if [[ $(of "$service" .image) = */mailpit:* ]]; then signal=INT; fi
    kill "-$signal" "${pids[$service]}"
    until_true "$(seconds_of "$grace")" gone "$service"
    wait "${pids[$service]}" || code=$?
    if [ "$code" != 0 ]; then fail "$service ended with $code"; fi
}
# Compose writes 75s as 1m15s.
seconds_of() {
    [[ $1 =~ ^(([0-9]+)m)?([0-9]+)s$ ]] || fail "no duration: $1"
    echo $((${BASH_REMATCH[2]:-0} * 60 + BASH_REMATCH[3]))
}
gone() { ! kill -0 "${pids[$1]}" 2> /dev/null; }

# down: in the reverse order, as Compose does it.
down() {
    local number service
    for ((number = ${#started[@]} - 1; number >= 0; number--)); do
        service=${started[number]}
        if [ "$(of "$service" .restart)" != no ]; then stop "$service"; fi
    done
}
