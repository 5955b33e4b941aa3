# Bad releases, and upgrades that Flagger decides.
# shellcheck shell=bash disable=SC2154    # here, upgrades, rig, results, namespace, rounds and the versions are proof's

# fell FAULT NAME HOW SECONDS: after a bad release, with the load ended.
fell() {
    local planned failed settled=()
    settle "$2"
    is_none_lost || fail "orders: ${settled[*]}"
    failed=$(of "$2" 'r["failed"]')
    planned=0
    # Each 20th answer of such a pod is a 500: one to 19 good ones, and one more from each of 3 pods.
    if [ "$1" = errors ]; then
        planned=$(of "$2" "min(r['failed_by_version'].get('$new', 0), r['by_version'].get('$new', 0) // 19 + 3)")
    fi
    facts "$2" "fault=${2#bad-}" "how=$3" "seconds=$4" "planned=$planned" "otherwise=$((failed - planned))" \
        "${settled[@]}"
    echo "back after $4 s: $(of "$2" 'r["sent"]') requests, $planned failed by the fault, $((failed - planned)) otherwise"
    [ "$failed" = "$planned" ] || fail "$(of "$2" 'r["first_errors"]')"
}

bad_by_helm() {
    local name=bad-$1-helm begin
    load_up service
    begin=$SECONDS
    if TAG=$new-$1 TIMEOUT=60s upgrade rolling; then fail "the bad release was taken"; fi
    until_home_with "$old"
    begin=$((SECONDS - begin))
    load_down "$name"
    fell "$1" "$name" "by Helm" "$begin"
}

# ---- Flagger

canary() { kubectl get canary shop-vitrina --output jsonpath="$1"; }
phase_is() { [[ " $1 " = *" $(canary '{.status.phase}') "* ]]; }
primary() { kubectl get deployment shop-vitrina-primary --output jsonpath='{.spec.template.spec.containers[0].image}'; }
serves() { [[ "$(primary)" = *":$1" ]]; }
is_flagger_there() { kubectl get canary shop-vitrina > /dev/null 2>&1; }

install_flagger() {
    if [ "$is_local" = yes ]; then "$upgrades/flagger/install" "$namespace" > "$results/flagger.log" 2>&1; fi
}

on() {
    local arguments=(--set "flagger.metricsServer=${METRICS_URL:-http://prometheus.flagger:9090}")
    if [ "$1" = flagger-blue-green ]; then
        arguments+=(--set "flagger.webhooks[0].url=http://loadtester.$namespace/"
            --set "flagger.webhooks[1].url=http://loadtester.$namespace/")
    fi
    "$upgrades/flagger/turn" on shop "$namespace" --values "$rig/flagger/$1.yaml" "${arguments[@]}" > /dev/null
    sleep 12
}
off() { "$upgrades/flagger/turn" off shop "$namespace" > /dev/null; }

# offer TAG [ARG...]: an operator's whole part of it.
offer() {
    helm upgrade shop "$here/chart" --namespace "$namespace" --reset-then-reuse-values --timeout 60s \
        --set-string "image.tag=$1" "${@:2}" > /dev/null
}

# To the old version, without a look at it: there are no shoppers.
go_home_unseen() {
    kubectl patch canary shop-vitrina --type merge --patch '{"spec": {"skipAnalysis": true}}'
    offer "$old" --no-hooks
    until_true 200 serves "$old"
    until_true 200 phase_is "Failed Succeeded"
    kubectl patch canary shop-vitrina --type merge --patch '{"spec": {"skipAnalysis": null}}'
}

offer_and_wait() {
    offer "$1"
    until_true 400 serves "$1"
    until_true 200 phase_is Succeeded
    sleep 12
}

prove_flagger() {
    local name=$1 tag begin
    load_up gateway
    for tag in "$new" "$old"; do
        mark "$name" "$tag"
        begin=$(now)
        offer_and_wait "$tag"
        note_duration "$name" "$begin"
    done
    load_down "$name"
    judge "$name"
}

# bad_by_flagger FAULT METHOD
bad_by_flagger() {
    local name=bad-$1-$2 begin how="by Flagger ($2)"
    load_up gateway
    sleep 20
    begin=$SECONDS
    if [ "$1" = migration ]; then
        how="by Helm, before Flagger"
        if offer "$new-$1" 2> /dev/null; then fail "the bad release was taken"; fi
    else
        offer "$new-$1"
        until_true 100 phase_is Progressing
        until_true 400 phase_is "Failed Succeeded"
        phase_is Failed || fail "the bad release was taken"
    fi
    serves "$old" || fail "not the old version: $(primary)"
    begin=$((SECONDS - begin))
    load_down "$name"
    helm rollback shop --no-hooks > /dev/null
    # Nothing is tried, so its pods would stay, and the next version would have to replace them one by one.
    kubectl scale deployment/shop-vitrina --replicas 0 > /dev/null
    sleep 15
    fell "$1" "$name" "$how" "$begin"
}

# faults_of METHOD: Flagger's three methods find errors in the same way; one of them shows the rest.
faults_of() { if [ "$1" = canary ]; then echo crash never-ready migration errors slow; else echo errors; fi; }

# is_any_wanted METHOD: whether it takes Flagger at all.
is_any_wanted() {
    local fault
    is_wanted "flagger-$1" && return
    for fault in $(faults_of "$1"); do is_wanted "bad-$fault-$1" && return; done
    return 1
}

prove_all_flagger() {
    local method fault is_installed=no
    for method in canary blue-green ab; do
        is_any_wanted "$method" || continue
        if [ "$is_installed" = no ]; then ONLY="" part flagger-install install_flagger; fi
        is_installed=yes
        ONLY="" part "flagger-$method-on" on "flagger-$method"
        part "flagger-$method" prove_flagger "flagger-$method"
        for fault in $(faults_of "$method"); do part "bad-$fault-$method" bad_by_flagger "$fault" "$method"; done
        ONLY="" part "flagger-$method-off" off
    done
}
