# Where the test runs: the cluster, the images in it, the namespace, and what stands around the shop.
# shellcheck shell=bash disable=SC2154    # here, work, namespace and images are cluster-test's

local_cluster=$here/local-cluster
is_local=no
is_ours=no

find_tools() {
    if ! command -v helm > /dev/null; then PATH=$PATH:$("$here/tools/install"); fi
    export PATH
}

# Whether KUBECONFIG names the cluster of deploy/local-cluster.
names_local() {
    local path
    path=$(eval "$("$local_cluster" environment 2> /dev/null)" && echo "$KUBECONFIG") || return 1
    [ "$KUBECONFIG" = "$path" ]
}

find_cluster() {
    if [ -n "${KUBECONFIG:-}" ]; then
        if names_local; then is_local=yes; fi
    elif ! "$local_cluster" > /dev/null 2>&1; then
        echo "no cluster here: KUBECONFIG names none, and there is no tool that starts one" >&2
        exit 3
    elif "$local_cluster" status > /dev/null 2>&1; then
        echo "a local cluster runs already: take it down, or name it in KUBECONFIG" >&2
        exit 2
    else
        is_ours=yes
        is_local=yes
        if ! "$local_cluster" up 2> "$work/up.log"; then
            echo "no cluster here: the local one did not start" >&2
            tail -5 "$work/up.log" >&2
            exit 3
        fi
    fi
    if [ "$is_local" = yes ]; then eval "$("$local_cluster" environment)"; fi
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

# The shop's images under two tags, so that one can be upgraded to the other.
load_images() {
    if [ "$is_local" = no ]; then
        : "${DATABASE_IMAGE:=mariadb:10.11}" "${CLIENT_IMAGE:=curlimages/curl:8.11.0}" "${RSYSLOG_IMAGE:=}"
        return
    fi
    if [ ! -e "$images/shop-web.tar" ]; then "$here/images/make" "$images" > "$work/make-image.log" 2>&1; fi
    NEXT_TAG=$version-next
    "$here/cluster/retag" "$NEXT_TAG" "$work" "$images"/shop-{web,mailer,admin}.tar
    "$local_cluster" load {"$images","$work"}/shop-{web,mailer,admin}.tar 2> /dev/null
    { read -r DATABASE_IMAGE && read -r CLIENT_IMAGE && read -r RSYSLOG_IMAGE; } \
        < <("$here/cluster/images" "$work" 2> "$work/images.log")
}

# Two nodes, to drain one, and the metrics API, where they can be had.
add_what_is_missing() {
    if [ "$is_local" = no ]; then return; fi
    if [ "$(kubectl get nodes --no-headers | wc -l)" -lt 2 ]; then "$local_cluster" add node 2> /dev/null; fi
    if ! kubectl top nodes > /dev/null 2>&1; then "$local_cluster" add metrics 2> /dev/null; fi
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

# make_secret NAME KEY: a Secret as the chart expects it; without a key if that is empty.
make_secret() {
    local key=()
    if [ -n "$2" ]; then key=("--from-literal=secret-key=$2"); fi
    kubectl create secret generic "$1" "${key[@]}" --from-literal=mail-url=none:// --from-literal=\
'database-url=mysql://shop:a-test-alone@database:3306/shop?ssl-mode=DISABLED' > /dev/null
}

has_begun() { [ "$(kubectl get pod "$1" --output jsonpath='{.status.phase}')" != Pending ]; }

# admin ARG...: one command of shop-admin, which reads our stdin.
admin() {
    local name args
    name=admin-$RANDOM
    args=$(printf ', "%s"' "$@")
    apply "s#NAME#$name#; s#ADMIN_IMAGE#vitrina/shop-admin:$version#; s#ARGS#[${args:2}]#" admin.yaml
    until_true 120 has_begun "$name"
    kubectl attach --quiet --stdin "$name" > /dev/null 2>&1 || true
    if ! kubectl wait "pod/$name" --for jsonpath='{.status.phase}'=Succeeded --timeout 1m > /dev/null; then
        kubectl logs "$name" >&2
        return 1
    fi
    kubectl delete pod "$name" > /dev/null
}
