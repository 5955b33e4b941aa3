{{/* Refuses what would leave the shop without its Service or its route, for a while or for good. */}}
{{- define "vitrina.flagger.refusals" -}}
{{- $flagger := .Values.flagger -}}
{{- $name := include "vitrina.fullname" . -}}
{{- if $flagger.enabled -}}
  {{- $why := "flagger.enabled: " -}}
  {{- range $rule := list
    (list (ne .Values.database.kind "mysql") "database.kind must be mysql: two versions run at a time")
    (list (not .Values.httpRoute.enabled) "it needs httpRoute.enabled and what is below it")
    (list .Values.ingress.enabled "ingress.enabled must be false: an Ingress would go past it")
    (list .Values.next.enabled "next.enabled must be false: either of them moves shoppers")
    (list (eq .Values.update.type "Recreate") "update.type must not be Recreate")
    (list (or (ne .Values.service.type "ClusterIP") .Values.service.nodePort .Values.service.annotations)
      "service.type must be ClusterIP, without nodePort and annotations: that is the Service that Flagger makes")
    (list (and (eq $flagger.method "ab") (not $flagger.match)) "method ab needs entries in flagger.match")
    (list (and (eq $flagger.method "blueGreen") (not $flagger.webhooks))
      "method blueGreen needs a load in flagger.webhooks: no shopper is on the new version before all are")
  -}}
    {{- if first $rule }}{{ fail (print $why (last $rule)) }}{{ end -}}
  {{- end -}}
  {{- $why = print $why "%s; deploy/upgrades/flagger/turn on does it in the right order" -}}
  {{- range list (list "v1" "Service") (list "gateway.networking.k8s.io/v1" "HTTPRoute") -}}
    {{- $there := dict -}}
    {{- if or (eq (first .) "v1") ($.Capabilities.APIVersions.Has (join "/" .)) -}}
      {{- $there = lookup (first .) (last .) $.Release.Namespace $name -}}
    {{- end -}}
    {{- $isOurs := eq "Helm" (dig "metadata" "labels" "app.kubernetes.io/managed-by" "" $there) -}}
    {{- $isFlaggers := dig "metadata" "ownerReferences" list $there -}}
    {{- $stays := eq "keep" (dig "metadata" "annotations" "helm.sh/resource-policy" "" $there) -}}
    {{- if and $isOurs (not $isFlaggers) (not $stays) -}}
      {{- fail (printf $why (printf "Helm would remove the %s before Flagger has it" (last .))) -}}
    {{- end -}}
  {{- end -}}
  {{- $there := lookup "apps/v1" "Deployment" .Release.Namespace $name -}}
  {{- if and $there (not (dig "spec" "selector" "matchLabels" "app" "" $there)) -}}
    {{- fail (printf $why "the Deployment must be made anew, since its selector lacks the label `app`") -}}
  {{- end -}}
{{- else if .Capabilities.APIVersions.Has "flagger.app/v1beta1/Canary" -}}
  {{- if lookup "flagger.app/v1beta1" "Canary" .Release.Namespace $name -}}
    {{- $deployment := lookup "apps/v1" "Deployment" .Release.Namespace $name -}}
    {{- $hasPods := gt (dig "status" "readyReplicas" 0 $deployment | int) 0 -}}
    {{- $service := lookup "v1" "Service" .Release.Namespace $name -}}
    {{- $route := lookup "gateway.networking.k8s.io/v1" "HTTPRoute" .Release.Namespace $name -}}
    {{- $leads := list (dig "spec" "selector" dict $service) (dig "spec" "rules" list $route) | toJson -}}
    {{- if or (not $hasPods) (contains (print $name "-primary") $leads) -}}
      {{- $why := "flagger.enabled=false: the shop would be away until its pods, Service and route are back" -}}
      {{- fail (print $why "; deploy/upgrades/flagger/turn off does it in the right order") -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- end }}

{{/* The metrics of one side. Call with (list . "") for the new pods, (list . "-primary") for those that
     serve. */}}
{{- define "vitrina.flagger.pods" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s%s" (include "vitrina.fullname" $root) (index . 1) -}}
namespace="{{ $root.Release.Namespace }}",pod=~"{{ $name }}-[a-z0-9]+-[a-z0-9]+"
{{- end }}
