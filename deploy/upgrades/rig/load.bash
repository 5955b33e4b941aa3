# The load, and what came of it.
# shellcheck shell=bash disable=SC2154    # work, results, namespace and the versions are proof's

# How many orders a minute there are decides how many accounts it takes: each serves one order at a time, and a slow
# one takes 8 s.
ACCOUNTS=60

doors() {
    case $1 in
        service) door=(--url "http://shop-vitrina.$namespace.svc") ;;
        gateway) door=(--url "$GATEWAY_URL" --host shop.example.com) ;;
    esac
}

make_accounts() {
    local number pid pids=()
    for number in $(seq "$ACCOUNTS"); do
        echo "shopper$number@example.com $password" >> "$work/accounts"
        admin user create --email "shopper$number@example.com" --last-name Pop --first-name Ion \
            --address "Strada Lungă $number" --password-stdin --activated <<< "$password" > /dev/null &
        pids+=($!)
        # A few at a time. Without its number `wait` would not tell that one has failed.
        if [ $((number % 6)) = 0 ] || [ "$number" = "$ACCOUNTS" ]; then
            for pid in "${pids[@]}"; do wait "$pid"; done
            pids=()
        fi
    done
    kubectl create configmap accounts --from-file=accounts="$work/accounts" > /dev/null
}

# shoppers_pod NAME ARG...: starts one.
shoppers_pod() {
    local name=$1 args
    shift
    args=$(printf ', "%s"' "$@")
    kubectl delete pod "$name" --ignore-not-found > /dev/null
    sed "s#NAME#$name#; s#SHOPPERS_IMAGE#$SHOPPERS_IMAGE#; s#ARGS#[${args:2}]#" "$rig/shoppers.yaml" |
        kubectl apply --filename - > /dev/null
    kubectl wait "pod/$name" --for condition=Ready --timeout 1m > /dev/null
}

# load_up DOOR [ARG...]
load_up() {
    local door
    doors "$1"
    shift
    shoppers_pod load load "${door[@]}" --rate "$RATE" --for 4h --accounts /etc/shoppers/accounts \
        --slow-every 2s --skus "$(skus | tr ' ' ',')" --forwarded-for --report - "$@"
    sleep 5
}

# load_down NAME: ends it; the report and all orders go into the results.
load_down() {
    sleep 3
    kubectl exec load -- /shoppers stop
    ended_pod load
    report_of load > "$results/$1.json"
    # All orders that the shop has, as its operator sees them.
    admin --json order list < /dev/null > "$results/$1.orders"
}

# The report that a pod has printed, without the summary for people that the log has put between its lines.
report_of() { kubectl logs "$1" | grep '^[ {}]' | sed --silent '/^{/,/^}/p'; }

ended_pod() {
    kubectl wait "pod/$1" --for jsonpath='{.status.phase}'=Succeeded --timeout "${2:-1m}" > /dev/null ||
        fail "$1 has not ended well: $(kubectl logs "$1" | tail -3)"
}
