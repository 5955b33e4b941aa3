# What the cluster needs for the proof: the Gateway, both releases, the bad ones, the shop at the old version.
# shellcheck shell=bash disable=SC2154,SC2034    # here, upgrades, rig, work, images and the versions are proof's

prepare_cluster() {
    if [ "$is_local" = no ]; then
        : "${GATEWAY:?NAMESPACE/NAME of a Gateway}" "${GATEWAY_URL:?where pods reach it}"
        return
    fi
    GATEWAY=traefik/traefik
    GATEWAY_URL=http://traefik.traefik.svc
    add_second_node
    if ! kubectl get deployment traefik --namespace traefik > /dev/null 2>&1; then add traefik; fi
    if kubectl --namespace traefik get deployment traefik --output yaml | grep --quiet trustedIPs; then return; fi
    # So that the load can come from many addresses: the shop limits passwords by address.
    kubectl --namespace traefik patch deployment traefik --type json --patch '[{"op": "add",
        "path": "/spec/template/spec/containers/0/args/-",
        "value": "--entryPoints.web.forwardedHeaders.trustedIPs=10.0.0.0/8"}]' > /dev/null
    kubectl --namespace traefik rollout status deployment/traefik --timeout 2m > /dev/null
}

# Both releases, and the bad ones. The new one has the tag of its version. The load's program runs here too, for
# plots and for what became of the orders.
load_releases() {
    shoppers=$(logged "$results/shoppers.log" "$here/images/build" shoppers shoppers)
    shoppers=$(cd "$root" && realpath "$shoppers/shoppers")
    new_commit=unknown
    if [ "$is_local" = no ]; then
        : "${DATABASE_IMAGE:=mariadb:10.11}" "${CLIENT_IMAGE:=curlimages/curl:8.11.0}"
        : "${SHOPPERS_IMAGE:?an image of the load}"
        return
    fi
    find_images
    new_commit=$(built_commit | cut -c-7)
    SHOPPERS_IMAGE=vitrina-test/shoppers:1
    logged "$work/pack.log" "$local_cluster" image -l -o "$work/shoppers.tar" \
        "$SHOPPERS_IMAGE" "$shoppers" > /dev/null
    logged "$results/previous.log" "$upgrades/previous" images "$root/target/previous/images" > /dev/null
    logged "$results/faulty.log" "$upgrades/faulty/images" "$images" "$root/target/faulty" > /dev/null
    logged "$results/load.log" "$local_cluster" load "$images"/shop-*.tar \
        "$root"/target/{previous/images/shop-*,faulty/*/*}.tar "$work/shoppers.tar"
    { read -r DATABASE_IMAGE && read -r CLIENT_IMAGE && read -r _; } \
        < <(logged "$results/images.log" "$here/cluster/images" "$work")
}

next=app.kubernetes.io/instance=shop,app.kubernetes.io/component=web-next

# As its operator has it: by its own chart.
install_old() {
    local chart
    chart=$("$upgrades/previous" source)/deploy/chart
    values=(--values "$here/chart/values-prod.yaml" --values "$here/cluster/values.yaml" --values "$rig/values.yaml"
        --set "httpRoute.parentRefs[0].namespace=${GATEWAY%/*},httpRoute.parentRefs[0].name=${GATEWAY#*/}")
    helm install shop "$chart" "${values[@]}" --set-string "image.tag=$old" --wait --timeout 5m > /dev/null
    until_true 180 is_home
    admin seed sample < /dev/null > /dev/null
    for sku in $(skus); do admin product set "$sku" --stock 1000000 < /dev/null > /dev/null; done
    make_accounts
}

# to_this_chart TAG [ARG...]: from whatever chart.
to_this_chart() {
    helm upgrade shop "$here/chart" --namespace "$namespace" "${values[@]}" --set-string "image.tag=$1" \
        --wait --timeout 5m "${@:2}" > /dev/null
}

# What shoppers put into their carts.
skus() { echo "USB02 SH03"; }

# 3 pods of the release, all ready, and nothing beside them.
is_home() { [ "$(count_of "$web")" = 3 ] && [ "$(count_ready "$web")" = 3 ] && [ "$(count_of "$next")" = 0 ]; }

# What the page tells of this place.
tell_place() {
    facts place "old=$old" "new=$new" "cores=$(nproc)" \
        "nodes=$(kubectl get nodes --no-headers | wc -l)" \
        "kubernetes=$(kubectl get --raw /version | sed -n 's/.*"gitVersion": "v\(.*\)",/\1/p')"
}
