# Each method, there and back.
# shellcheck shell=bash disable=SC2154    # upgrades, results, namespace, rounds and the versions are proof's

# What a part that ended early has to put right.
tidy_up() {
    kubectl delete pod load visitors --ignore-not-found --now > /dev/null 2>&1 || true
    if is_flagger_there; then
        (go_home_unseen) > /dev/null 2>&1 || true
    else
        to_this_chart "$old" --no-hooks 2> /dev/null || true
    fi
}

now() { date +%s%3N; }
# mark NAME TEXT: what begins now, for the plot.
mark() { echo "$(now) $2" >> "$results/$1.marks"; }
# note_duration NAME BEGIN: how long it has taken, in milliseconds.
note_duration() { echo $(($(now) - $2)) >> "$results/$1.durations"; }

# upgrade METHOD [STEP]: the project's own command, as an operator runs it.
upgrade() { RELEASE=shop NAMESPACE=$namespace TIMEOUT=${TIMEOUT:-4m} HOLD=${HOLD:-4} "$upgrades/upgrade" "$@"; }

is_version() { [[ "$(images_of "$web")" != *$'\n'* && "$(images_of "$web")" = *":$1" ]]; }
images_of() { of_pods "$1" '{.spec.containers[0].image}' | sort -u; }

# until_home_with TAG: until that version serves alone.
until_home_with() {
    until_true 180 is_home
    is_version "$1" || fail "not $1: $(images_of "$web")"
}

# move NAME TAG COMMAND...: to that version, marked and timed.
move() {
    local name=$1 tag=$2 begin
    mark "$name" "$tag"
    begin=$(now)
    "${@:3}"
    until_home_with "$tag"
    note_duration "$name" "$begin"
    sleep 2
}

# there_and_back NAME DOOR METHOD: under load, `rounds` times; writes what came of it.
there_and_back() {
    local name=$1 door=$2 method=$3 tag
    load_up "$door"
    for _ in $(seq "$rounds"); do
        for tag in "$new" "$old"; do TAG=$tag move "$name" "$tag" upgrade "$method"; done
    done
    load_down "$name"
    judge "$name"
}

# facts NAME KEY=VALUE...: what the page tells of a part, with the day and the commit of the new images.
facts() {
    local name=$1
    shift
    {
        printf '%s\n' "$@"
        echo "rate=$RATE"
        echo "date=$(date -u +%Y-%m-%d)"
        echo "commit=$new_commit"
    } > "$results/$name.facts"
}

# of REPORT EXPRESSION: a figure of the report, by a Python expression on `r`.
of() { python3 -c 'import json, sys; r = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$results/$1.json" "$2"; }

# settle NAME: what became of its orders, a fact a line, into `settled`.
settle() {
    "$shoppers" settle "$results/$1.json" "$results/$1.orders" > "$work/settled" || true
    mapfile -t settled < <(xargs --max-args 2 < "$work/settled" | tr ' ' '=')
}
is_none_lost() { [[ " ${settled[*]} " = *" lost=0 doubled=0 "* ]]; }

# is_offered NAME: whether the load was what it should be. An outage keeps the accounts of its orders busy.
is_offered() {
    local of_so_many=1000
    if [ "$1" = recreate ]; then of_so_many=50; fi
    [ "$(of "$1" "r['skipped'] < r['sent'] / $of_so_many")" = True ]
}

# judge NAME: plot and verdict; fails if anything was lost.
judge() {
    local failed settled=()
    "$shoppers" plot "$results/$1.json" "$upgrades/plots/$1.svg" --title "$1" --marks "$results/$1.marks"
    settle "$1"
    facts "$1" "durations=$(tr '\n' ' ' < "$results/$1.durations")" "${settled[@]}"
    is_none_lost || fail "orders: ${settled[*]}"
    { [ "$(of "$1" "{'$old', '$new'} <= set(r['by_version'])")" = True ] && is_offered "$1"; } ||
        fail "only $(of "$1" "r['by_version']"), and $(of "$1" "r['skipped']") actions without an account"
    failed=$(of "$1" 'r["failed"]')
    echo "$(of "$1" 'r["sent"]') requests, $failed failed, ${settled[*]}"
    if [ "$1" = recreate ]; then
        [ "$(of "$1" 'r["longest_gap_ms"] < 15000')" = True ] ||
            fail "an outage of $(of "$1" 'r["longest_gap_ms"]') ms"
    else
        [ "$failed" = 0 ] || fail "$(of "$1" 'r["first_errors"]')"
    fi
}

# From the release before with its own chart, back to it by Helm's own rollback, and to this chart for what follows.
prove_chart() {
    local name=$1
    load_up service
    move "$name" "$new" to_this_chart "$new"
    move "$name" "$old" helm rollback shop 1 --wait --timeout 5m
    to_this_chart "$old"
    until_true 180 is_home
    load_down "$name"
    judge "$name"
}

prove_recreate() { there_and_back recreate service recreate; }
prove_rolling() { there_and_back rolling service rolling; }
prove_blue_green() { there_and_back blue-green service blue-green; }
prove_canary_by_replicas() { BY=replicas there_and_back canary-by-replicas service canary; }
prove_canary() { there_and_back canary gateway canary; }
prove_ab() { there_and_back ab gateway ab; }

# How close the Gateway comes to a weight of 10 %.
prove_split() {
    TAG=$new upgrade canary start
    WEIGHT=10 upgrade canary weight
    load_up gateway
    sleep 60
    load_down split
    upgrade canary back
    until_true 180 is_home
    local share
    share=$(of split "f\"{100 * r['by_version'].get('$new', 0) / sum(r['by_version'].values()):.2f}\"")
    settle split
    facts split "text=Canary: $share % of $(of split 'r["sent"]') requests for a weight of 10 %."
    echo "$share % for a weight of 10 %"
    is_none_lost
    [ "$(of split "abs($share - 10) < 2 and r['failed'] == 0")" = True ]
}

# To the new version and back before it is final: how long the way back takes.
prove_back() {
    local name=$1 begin
    load_up service
    mark "$name" "$new"
    TAG=$new upgrade blue-green start
    upgrade blue-green switch
    sleep 5
    mark "$name" back
    begin=$(now)
    upgrade blue-green back
    note_duration "$name" "$begin"
    until_home_with "$old"
    sleep 2
    load_down "$name"
    judge "$name"
}

# 10,000 visitors, half of them on each side; nobody may change it.
prove_visitors() {
    local door
    TAG=$new upgrade ab start
    WEIGHT=50 upgrade ab weight
    doors gateway
    shoppers_pod visitors visitors "${door[@]}" --count 10000 --cookie vitrina-side \
        --accounts /etc/shoppers/accounts --forwarded-for --report -
    ended_pod visitors 15m
    report_of visitors > "$results/visitors.json"
    upgrade ab back
    until_true 180 is_home
    facts visitors "text=A/B: $(of visitors "f\"{r['visitors']:,} visitors, \
{r['sides']['$new']['share_percent']:.2f} % of them on the new side for a weight of 50 %; \
{r['changed_during_visit']} changed sides during the visit, {r['changed_at_sign_in']} of {r['signed_in']:,} at \
sign-in; {r['failed']} of {r['sent']:,} requests failed.\"")"
    head -1 "$results/visitors.facts"
    [ "$(of visitors "abs(r['sides']['$new']['share_percent'] - 50) < 1 and r['visitors'] >= 10000 and \
r['signed_in'] >= 100 and r['failed'] + r['cut_short'] + r['without_cookie'] + r['changed_cookie'] + \
r['changed_during_visit'] + r['changed_at_sign_in'] == 0")" = True ]
}
