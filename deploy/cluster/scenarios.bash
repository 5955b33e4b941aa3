# What is done to the shop. A scenario is a function; it ends early through `fail`, and leaves the shop as
# it was: 3 pods of the installed release.
# shellcheck shell=bash disable=SC2154    # here, namespace, shop and version are cluster-test's

short_scenarios() {
    scenario "installs: migration Job, 3 replicas, MariaDB" installs
    scenario "sign-ins and carts are shared between replicas" shares
    scenario "an order through the Service" orders
    scenario "rolling update under load: new settings and new images" updates
    scenario "helm test" helm_test
}

all_scenarios() {
    scenario "installs: migration Job, 3 replicas, MariaDB" installs
    scenario "helm test" helm_test
    scenario "sign-ins and carts are shared between replicas" shares
    scenario "throttles count over all replicas" throttles
    scenario "an order through the Service" orders
    scenario "a pod deleted under load" deletes_pod
    scenario "3 replicas to 1 to 3 under load" scales
    scenario "rolling update under load: new settings and new images" updates
    scenario "a node drained under load" drains
    scenario "the database away for 40 s: no pod restarts" loses_database
    scenario "a Secret that is not there: the upgrade ends, its Job says why" missing_secret
    scenario "a Secret without a key: one line in the log, old pods serve" lacks_secret
    scenario "a Secret with a weak key: one line in the log, old pods serve" weak_secret
    scenario "an image that is not there: old pods serve, helm goes back" bad_image
    scenario "the HPA scales on load" autoscales
    scenario "logs reach rsyslog, its collector 30 s away" ships_logs
    scenario "a second shop whose Secret the chart makes" own_secret
    scenario "SQLite's pod is never doubled" sqlite_alone
}

# ---- the release

values=(--values "$here/chart/values-prod.yaml" --values "$here/cluster/values.yaml")

# upgrade ARG...: to the installed values and these.
upgrade() { helm upgrade shop "$here/chart" "${values[@]}" --wait --timeout 5m "$@" > /dev/null; }

# So many pods, all ready, none on its way out.
has_pods() { [ "$(count_of "$web")" = "$1" ] && [ "$(count_ready "$web")" = "$1" ]; }

pods() { of_pods "$web" "$1"; }
addresses() { pods '{.status.podIP}' | sed 's#.*#http://&:8000#'; }
restarts() { pods '{.status.containerStatuses[0].restartCount}' | awk '{ n += $1 } END { print n + 0 }'; }

# What a scenario that failed half-way has to put right.
undo() {
    upgrade > /dev/null 2>&1 || helm rollback shop --wait --timeout 5m > /dev/null 2>&1 || true
}

# ---- scenarios

installs() {
    helm install shop "$here/chart" "${values[@]}" --wait --timeout 5m > /dev/null
    until_true 180 has_pods 3
    [ "$(kubectl get job shop-vitrina-migrate --output jsonpath='{.status.succeeded}')" = 1 ] ||
        fail "the migration Job has not succeeded"
    admin seed sample < /dev/null
    local name
    for name in ana ion eva; do
        admin user create --email "$name@example.com" --last-name Pop --first-name "$name" \
            --address "Strada Lungă 1" --password-stdin --activated <<< "$password"
    done
}

helm_test() { helm test shop --timeout 3m > /dev/null; }

# A session made on one pod, a cart filled on another, both seen on all.
shares() {
    local urls session url
    mapfile -t urls < <(addresses)
    session=$(sign_in "${urls[0]}" eva@example.com)
    put "$session" "${urls[1]}" SH03 3
    for url in "${urls[@]}"; do
        [ "$(status_in "$(show "$session" "$url/account")")" = 200 ] || fail "not signed in on $url"
        [ "$(pieces "$session" "$url" SH03)" = 3 ] || fail "another cart on $url"
    done
    note "${#urls[@]} pods"
}

# 10 passwords are free, and the waits that follow let a few more through. Pods that counted each for
# itself would let 30 through.
throttles() {
    local visitor token answers url
    open_sign_in "$shop"
    answers=$(kubectl exec client -- sh -c "n=0; while [ \$n -lt 20 ]; do n=\$((n + 1))
        for url in $(addresses | paste --serial --delimiter=' '); do
            curl --silent --output /dev/null --write-out \"\$url %{http_code}\n\" \
                --header 'Cookie: $visitor' --header 'X-Forwarded-For: $(stranger)' \
                --data 'form_token=$token' \
                --data 'email=nobody%40example.com&password=wrong-password' \$url/login
        done; done")
    for url in $(addresses); do
        grep --quiet "^$url 429" <<< "$answers" || fail "$url refused none of 20"
    done
    [ "$(grep --count ' 422$' <<< "$answers")" -lt 20 ] || fail "more than 20 were let through"
    note "$(grep --count ' 422$' <<< "$answers") of 60 let through"
}

orders() {
    local session path page
    session=$(sign_in "$shop" eva@example.com)
    put "$session" "$shop" USB02 2
    path=$(order "$session" "$shop")
    page=$(show "$session" "$shop$path")
    [ "$(attribute_in "$page" data-state)" = placed ] || fail "the order is not placed: $page"
    note "${path##*/}"
}

deletes_pod() {
    load_start
    kubectl delete pod "$(pods '{.metadata.name}' | head -1)" > /dev/null
    until_true 180 has_pods 3
    load_stop
}

scales() {
    local count
    load_start
    for count in 1 3; do
        kubectl scale deployment/shop-vitrina --replicas "$count" > /dev/null
        until_true 180 has_pods "$count"
    done
    load_stop
}

title() { ask "$shop/" | grep --only-matching '<title>[^<]*' | cut -d'>' -f2; }
migrations() { kubectl get job shop-vitrina-migrate --output jsonpath='{.metadata.uid}'; }

updates() {
    local before images
    before=$(migrations)
    load_start
    upgrade --set config.title=Another
    until_true 180 has_pods 3
    [[ "$(title)" = *Another* ]] || fail "the new title is not there: $(title)"
    [ "$(migrations)" != "$before" ] || fail "the migration Job has not run again"
    if [ -n "${NEXT_TAG:-}" ]; then
        upgrade --set config.title=Another --set "image.tag=$NEXT_TAG"
        until_true 180 has_pods 3
        images=$(pods '{.spec.containers[0].image}' | sort -u)
        [[ "$images" = *":$NEXT_TAG" ]] || fail "not the new image: $images"
    fi
    upgrade
    until_true 180 has_pods 3
    load_stop
}

# The node that has pods of the shop, and none of the test's own.
node_to_drain() {
    local stays
    stays=$(kubectl get pods --selector stays=true --output jsonpath='{.items[*].spec.nodeName}')
    pods '{.spec.nodeName}' | sort -u | grep --invert-match --word-regexp --extended-regexp "${stays// /|}" |
        head -1
}

drains() {
    local node
    node=$(node_to_drain)
    [ -n "$node" ] || not_run "there is one node only"
    trap 'load_stop; kubectl uncordon "$node" > /dev/null; undo' EXIT
    load_start
    kubectl drain "$node" --ignore-daemonsets --delete-emptydir-data --timeout 5m > /dev/null
    until_true 180 has_pods 3
    ! pods '{.spec.nodeName}' | grep --quiet --line-regexp "$node" || fail "a pod is still on $node"
    kubectl uncordon "$node" > /dev/null
    load_stop
}

# set_state WHAT FOLDER up|down
set_state() { kubectl exec "deployment/$1" -- sh -c "echo $3 > $2/state; [ $3 = up ] || kill 1"; }
none_ready() { [ "$(count_ready "$web")" = 0 ]; }

# Longer than liveness would bear: 3 times 10 s.
loses_database() {
    local before session names
    before=$(restarts)
    names=$(pods '{.metadata.name}')
    trap 'set_state database /var/lib/mysql up; undo' EXIT
    set_state database /var/lib/mysql down
    until_true 60 none_ready
    sleep 40
    set_state database /var/lib/mysql up
    until_true 180 has_pods 3
    [ "$(pods '{.metadata.name}')" = "$names" ] || fail "not the same pods"
    [ "$(restarts)" = "$before" ] || fail "restarts: $before before, $(restarts) after"
    session=$(sign_in "$shop" eva@example.com)
    [ "$(status_in "$(show "$session" "$shop/account")")" = 200 ] || fail "no sign-in afterwards"
    note "$before restarts"
}

newest() {
    kubectl get pods --selector "$web" --sort-by .metadata.creationTimestamp --output name | tail -1
}
has_ended() {
    [ "$(kubectl get "$(newest)" --output jsonpath='{.status.containerStatuses[0].restartCount}')" -gt 0 ]
}

# Asked again when the container that was asked for has just been replaced.
says_one_line() {
    local lines
    lines=$(kubectl logs "$(newest)") && echo "$lines" > "$work/lines" &&
        [ "$(wc -l < "$work/lines")" = 1 ] && grep --quiet "$1" "$work/lines"
}

# refuses SECRET PATTERN: with that Secret new pods end with one line, and the old ones serve.
refuses() {
    helm upgrade shop "$here/chart" "${values[@]}" --set "secret.existing=$1" --timeout 5m > /dev/null
    until_true 180 has_ended
    (until_true 30 says_one_line "$2") || fail "not one line with $2: $(cat "$work/lines")"
    [ "$(count_ready "$web")" = 3 ] || fail "the old pods do not serve"
    helm rollback shop --wait --timeout 5m > /dev/null
    until_true 180 has_pods 3
}

# The migration is the first to miss it.
missing_secret() {
    load_start
    if upgrade --set secret.existing=nowhere 2> /dev/null; then fail "the upgrade passed"; fi
    kubectl logs job/shop-vitrina-migrate | tee "$work/lines" | grep --quiet SHOP_DATABASE_URL ||
        fail "no line names it: $(cat "$work/lines")"
    [ "$(count_ready "$web")" = 3 ] || fail "the old pods do not serve"
    "$here/rollback" shop "$namespace" > /dev/null
    until_true 180 has_pods 3
    load_stop
}

lacks_secret() {
    make_secret without-key ""
    load_start
    refuses without-key SHOP_SECRET_KEY
    load_stop
}

weak_secret() {
    make_secret weak-key c2hvcnQ=
    load_start
    refuses weak-key SHOP_SECRET_KEY
    load_stop
}

bad_image() {
    load_start
    if helm upgrade shop "$here/chart" "${values[@]}" --set image.web.repository=vitrina/nowhere \
        --atomic --timeout 40s > /dev/null 2>&1; then fail "the upgrade passed"; fi
    until_true 180 has_pods 3
    load_stop
}

replicas() { kubectl get deployment/shop-vitrina --output jsonpath='{.spec.replicas}'; }
has_scaled() { [ "$(replicas)" -gt 3 ]; }

autoscales() {
    kubectl top nodes > /dev/null 2>&1 || not_run "there is no metrics API"
    upgrade --set autoscaling.enabled=true,autoscaling.minReplicas=3,autoscaling.maxReplicas=5 \
        --set autoscaling.targetCPUUtilizationPercentage=20
    load_start 400
    until_true 120 has_scaled
    note "3 to $(replicas)"
    load_stop
    kubectl delete hpa shop-vitrina > /dev/null
    upgrade
    until_true 180 has_pods 3
}

# ---- logs

# speak FROM TO: requests with these numbers as their names, from a proxy that the shop trusts.
speak() {
    kubectl exec client -- sh -c "n=$1; while [ \$n -le $2 ]; do
        curl --silent --output /dev/null --header \"X-Request-Id: line-\$n-end\" $shop/ || exit 1
        n=\$((n + 1)); done"
    echo "$(($2 - $1 + 1)) 0 0" >> "$work/counts"
}
collected() {
    kubectl exec deployment/collector -- cat /var/log/collected/all.log |
        grep --only-matching 'line-[0-9]*-end' | sort -u | wc -l
}
has_collected() { [ "$(collected)" = "$1" ]; }

ships_logs() {
    [ -n "$RSYSLOG_IMAGE" ] || not_run "RSYSLOG_IMAGE names no image"
    apply "s#RSYSLOG_IMAGE#$RSYSLOG_IMAGE#" collector.yaml
    kubectl rollout status deployment/collector --timeout 3m > /dev/null
    upgrade --set "rsyslog.enabled=true,rsyslog.image=$RSYSLOG_IMAGE,rsyslog.target=collector"
    until_true 180 has_pods 3
    speak 1 100
    until_true 60 has_collected 100
    set_state collector /var/log/collected down
    speak 101 400
    sleep 30
    speak 401 500
    set_state collector /var/log/collected up
    until_true 180 has_collected 500
    note "500 lines of 500"
    upgrade
    until_true 180 has_pods 3
}

# On the same database, which the first shop has migrated.
own_secret() {
    helm install own "$here/chart" "${values[@]}" --set "replicas=1,secret.existing=,secret.mailUrl=none://" \
        --set "secret.databaseUrl=$database_url,secret.secretKey=$(openssl rand -base64 32)" \
        --wait --timeout 5m > /dev/null
    [ "$(kubectl get job own-vitrina-migrate --output jsonpath='{.status.succeeded}')" = 1 ] ||
        fail "the migration Job has not succeeded"
    [[ "$(ask http://own-vitrina/)" = *SH03* ]] || fail "it does not serve the catalog"
    [ -z "$(kubectl get secret own-vitrina-migrate --ignore-not-found)" ] || fail "the Job's own Secret has stayed"
    helm uninstall own --wait > /dev/null
}

# ---- SQLite

lite=app.kubernetes.io/instance=lite,app.kubernetes.io/component=web
lite_ready() {
    [ "$(kubectl get pods --selector "$lite" --output \
        jsonpath='{.items[*].status.conditions[?(@.type=="Ready")].status}')" = True ]
}
upgrade_lite() {
    helm upgrade --install lite "$here/chart" --values "$here/chart/values-dev.yaml" \
        --values "$here/cluster/values-sqlite.yaml" --wait --timeout 5m "$@" > /dev/null
}

make_volume() {
    if [ "$is_local" = yes ]; then
        local folder
        folder=$("$local_cluster" run-dir)/vitrina-test-lite
        mkdir -p "$folder"
        chown 65532 "$folder"
        apply "s#FOLDER#$folder#" volume.yaml
    fi
    kubectl apply --filename - > /dev/null <<CLAIM
{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: lite}, spec: {accessModes: [ReadWriteOnce],
 $([ "$is_local" = no ] || echo 'storageClassName: by-hand,') resources: {requests: {storage: 1Gi}}}}
CLAIM
}

# A pod is an object until its containers have ended, so two objects at a time would be two pods.
most_at_once() {
    awk '$1 == "DELETED" { delete alive[$2] } $1 != "DELETED" { alive[$2] = 1 }
        { n = 0; for (uid in alive) n++; if (n > most) most = n; seen[$2] = 1 }
        END { for (uid in seen) all++; print most + 0, all + 0 }' "$1"
}

sqlite_alone() {
    local watch most all
    if upgrade_lite --set replicas=2 2> "$work/refusal"; then fail "two replicas on SQLite were taken"; fi
    grep --quiet replicas "$work/refusal" || fail "refused for another reason: $(cat "$work/refusal")"
    make_volume
    kubectl get pods --selector "$lite" --watch --output-watch-events \
        --output jsonpath='{.type} {.object.metadata.uid}{"\n"}' > "$work/watch" &
    watch=$!
    trap 'kill $watch' EXIT
    upgrade_lite
    upgrade_lite --set config.title=Second
    kubectl rollout restart statefulset/lite-vitrina > /dev/null
    kubectl rollout status statefulset/lite-vitrina --timeout 3m > /dev/null
    kubectl delete pod --selector "$lite" > /dev/null
    until_true 180 lite_ready
    [[ "$(ask http://lite-vitrina/)" = *AMTR01* ]] || fail "it does not serve its catalog"
    read -r most all < <(most_at_once "$work/watch")
    kill "$watch"
    [ "$all" -ge 4 ] || fail "$all pods were seen, not 4 one after the other"
    [ "$most" = 1 ] || fail "$most pods at a time"
    note "$all pods, $most at a time"
    helm uninstall lite > /dev/null
}
