# Where the test runs: the cluster, the images in it, the namespace, and what stands around the shop.
# shellcheck shell=bash disable=SC2154,SC2034    # here, work, namespace and images are cluster-test's

local_cluster=$here/local-cluster
is_local=no
is_ours=no
# beginning, without-cluster or trying: what exit code a failure has.
stage=beginning

find_tools() {
    if ! command -v helm > /dev/null; then PATH=$PATH:$("$here/tools/install"); fi
    export PATH
}

# Whether KUBECONFIG names the cluster of deploy/local-cluster.
names_local() {
    local environment
    environment=$("$local_cluster" environment 2> /dev/null) || return 1
    [ "$KUBECONFIG" = "$(eval "$environment" && echo "$KUBECONFIG")" ]
}

find_cluster() {
    if [ -n "${KUBECONFIG:-}" ]; then
        if names_local; then is_local=yes; fi
    elif ! "$local_cluster" > /dev/null 2>&1; then
        no_cluster "KUBECONFIG names none, and there is no tool that starts one"
    elif "$local_cluster" status > /dev/null 2>&1; then
        echo "a local cluster runs already: take it down, or name it in KUBECONFIG" >&2
        exit 2
    else
        is_ours=yes
        is_local=yes
        if ! "$local_cluster" up 2> "$work/up.log"; then
            tail -5 "$work/up.log" >&2
            no_cluster "the local one did not start"
        fi
    fi
    if [ "$is_local" = yes ]; then eval "$("$local_cluster" environment)"; fi
}

no_cluster() {
    echo "no cluster here: $1" >&2
    stage=without-cluster
    exit 3
}

# end: the tests' EXIT trap. What keeps a test from beginning is no verdict on the shop, whatever its code.
end() {
    local code=$?
    leave_cluster || true
    rm -rf "$work"
    case $stage-$code in
        *-0 | without-cluster-*) ;;
        beginning-*)
            echo "it could not begin" >&2
            code=2
            ;;
        *) code=1 ;;
    esac
    exit "$code"
}

leave_cluster() {
    if [ "${KEEP:-}" = 1 ]; then
        echo "left as it is: namespace $namespace" >&2
    elif [ "$is_ours" = yes ]; then
        "$local_cluster" down 2> /dev/null
    elif [ -n "${has_namespace:-}" ]; then
        kubectl delete namespace "$namespace" --wait=false > /dev/null
        if [ "$is_local" = yes ]; then kubectl delete --ignore-not-found pv vitrina-test-lite > /dev/null; fi
    fi
}

# logged FILE COMMAND...: with its messages in a file, whose end is shown if it fails.
logged() {
    local file=$1
    shift
    "$@" 2> "$file" || {
        echo "failed: $*" >&2
        tail -20 "$file" >&2
        return 1
    }
}

# The commit that the archives are of; nothing if they do not tell.
built_commit() {
    tar --extract --to-stdout --file "$images/shop-web.tar" --wildcards 'blobs/sha256/*' 2> /dev/null |
        grep --text --only-matching 'image.revision":"[0-9a-f]*' | sed -n '1s/.*"//p'
}

# What the programs are built from.
sources=(Cargo.toml Cargo.lock 'shop-*' deploy/bin ':(exclude)*.md')

# find_images: makes the archives where there are none. A verdict on HEAD does not come from others.
find_images() {
    local commit
    if [ ! -e "$images/shop-web.tar" ]; then
        logged "$work/make-image.log" "$here/images/make" "$images" > /dev/null
    fi
    commit=$(built_commit || true)
    if ! git -C "$root" diff --quiet "${commit:-none}" HEAD -- "${sources[@]}" 2> /dev/null; then
        echo "$images has not HEAD's programs but those of ${commit:-nobody}: make image IMAGES=$images" >&2
        exit 2
    fi
}

# The shop's images under two tags, so that one can be upgraded to the other.
load_images() {
    if [ "$is_local" = no ]; then
        : "${DATABASE_IMAGE:=mariadb:10.11}" "${CLIENT_IMAGE:=curlimages/curl:8.11.0}" "${RSYSLOG_IMAGE:=}"
        return
    fi
    find_images
    NEXT_TAG=$version-next
    "$here/cluster/retag" "$NEXT_TAG" "$work" "$images"/shop-{web,mailer,admin}.tar
    logged "$work/load.log" "$local_cluster" load {"$images","$work"}/shop-{web,mailer,admin}.tar
    { read -r DATABASE_IMAGE && read -r CLIENT_IMAGE && read -r RSYSLOG_IMAGE; } \
        < <(logged "$work/images.log" "$here/cluster/images" "$work")
}

# add WHAT: to the local cluster.
add() { logged "$work/add.log" "$local_cluster" add "$1"; }
add_second_node() { [ "$(kubectl get nodes --no-headers | wc -l)" -ge 2 ] || add node; }

# Two nodes, to drain one, and the metrics API, where they can be had.
add_what_is_missing() {
    if [ "$is_local" = no ]; then return; fi
    add_second_node
    if ! kubectl top nodes > /dev/null 2>&1; then add metrics; fi
}

apply() { sed "$1" "$here/cluster/$2" | kubectl apply --filename - > /dev/null; }

surround() {
    kubectl create namespace "$namespace" > /dev/null
    has_namespace=yes
    kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted > /dev/null
    kubectl config view --minify --raw > "$work/kubeconfig"
    export KUBECONFIG=$work/kubeconfig
    kubectl config set-context --current --namespace "$namespace" > /dev/null
    apply "s#DATABASE_IMAGE#$DATABASE_IMAGE#" database.yaml
    apply "s#CLIENT_IMAGE#$CLIENT_IMAGE#" client.yaml
    kubectl rollout status deployment/database --timeout 5m > /dev/null
    kubectl wait pod/client --for condition=Ready --timeout 5m > /dev/null
    make_secret vitrina "$(openssl rand -base64 32)"
}

database_url='mysql://shop:a-test-alone@database:3306/shop?ssl-mode=DISABLED'

# make_secret NAME KEY: a Secret as the chart expects it; without a key if that is empty.
make_secret() {
    local key=()
    if [ -n "$2" ]; then key=("--from-literal=secret-key=$2"); fi
    kubectl create secret generic "$1" "${key[@]}" --from-literal=mail-url=none:// \
        --from-literal=database-url="$database_url" > /dev/null
}

has_begun() { [ "$(kubectl get pod "$1" --output jsonpath='{.status.phase}')" != Pending ]; }

# admin ARG...: one command of shop-admin, which reads our stdin; prints its answer.
admin() {
    local name args
    name=admin-$RANDOM
    args=$(printf ', "%s"' "$@")
    apply "s#NAME#$name#; s#ADMIN_IMAGE#vitrina/shop-admin:$version#; s#ARGS#[${args:2}]#" admin.yaml
    until_true 120 has_begun "$name"
    kubectl attach --quiet --stdin "$name" > /dev/null 2>&1 || true
    if ! kubectl wait "pod/$name" --for jsonpath='{.status.phase}'=Succeeded --timeout 2m > /dev/null; then
        kubectl logs "$name" >&2
        return 1
    fi
    kubectl logs "$name"
    kubectl delete pod "$name" > /dev/null
}

# ---- the shop's pods

web=app.kubernetes.io/instance=shop,app.kubernetes.io/component=web

# of_pods SELECTOR FIELD: that field of each, a line each.
of_pods() { kubectl get pods --selector "$1" --output jsonpath="{range .items[*]}$2{'\n'}{end}"; }
count_of() { kubectl get pods --selector "$1" --no-headers 2> /dev/null | wc -l; }
count_ready() {
    of_pods "$1" '{.status.conditions[?(@.type=="Ready")].status}' | grep --count True || true
}
