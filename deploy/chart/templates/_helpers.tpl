{{/* RELEASE-vitrina, or RELEASE alone if that has the name in it already. */}}
{{- define "vitrina.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $both := printf "%s-%s" .Release.Name $name -}}
{{- $full := ternary .Release.Name $both (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{/* The labels by which a part is found. Call with (list . "web"). */}}
{{- define "vitrina.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ default $root.Chart.Name $root.Values.nameOverride }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* "true" if the Deployment selects by the label `app` too: it is of this release alone, and the Services
     of Flagger select by one label only. A selector can never change: without Flagger it is what it
     has always been, and where the label once is it stays. */}}
{{- define "vitrina.selectsByApp" -}}
{{- $there := lookup "apps/v1" "Deployment" .Release.Namespace (include "vitrina.fullname" .) -}}
{{- if or .Values.flagger.enabled (dig "spec" "selector" "matchLabels" "app" "" $there) }}true{{ end -}}
{{- end }}

{{/* Every pod of the storefront: of whatever version, Flagger's (`-primary` differs in `app` alone), and those of
     chart 0.1.0, which lack the label `role`. */}}
{{- define "vitrina.storefront" -}}
matchLabels:
  app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
  app.kubernetes.io/instance: {{ .Release.Name }}
matchExpressions:
  - {key: app.kubernetes.io/component, operator: In, values: [web, web-next]}
{{- end }}

{{/* The same for a Service, which knows only of labels that are equal. */}}
{{- define "vitrina.storefrontLabels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
role: storefront
{{- end }}

{{/* The version that image.tag names. */}}
{{- define "vitrina.version" -}}
{{- default .Chart.AppVersion .Values.image.tag -}}
{{- end }}

{{/* "true" if a part is of next.tag: what stands beside the shop, and what serves both versions, since that
     must be the newer one. Call with (list . "web"). */}}
{{- define "vitrina.isNext" -}}
{{- $parts := list "web-next" "mailer" "migrate" "tidy" "admin" -}}
{{- if and (index . 0).Values.next.enabled (has (index . 1) $parts) }}true{{ end -}}
{{- end }}

{{/* The labels of a part's pods; nothing of the chart's version, which would replace them. Call with
     (list . "web"). */}}
{{- define "vitrina.podLabels" -}}
{{- $root := index . 0 -}}
{{- $version := include "vitrina.version" $root -}}
{{- if include "vitrina.isNext" . }}{{ $version = $root.Values.next.tag }}{{ end -}}
{{ include "vitrina.selector" . }}
app.kubernetes.io/part-of: vitrina
app.kubernetes.io/version: {{ $version | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end }}

{{/* All labels of a part. Call with (list . "web"). */}}
{{- define "vitrina.labels" -}}
{{- $root := index . 0 -}}
{{ include "vitrina.podLabels" . }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* The image of a part's program; a digest is that of image.tag. Call with (list . "web"). */}}
{{- define "vitrina.image" -}}
{{- $root := index . 0 -}}
{{- $image := index $root.Values.image (trimSuffix "-next" (index . 1)) -}}
{{- with $root.Values.image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}
{{- if include "vitrina.isNext" . }}:{{ $root.Values.next.tag }}
{{- else if $image.digest }}@{{ $image.digest }}
{{- else }}:{{ include "vitrina.version" $root }}
{{- end -}}
{{- end }}

{{/* How many pods of the first version there shall be, if the chart says so. Where the autoscaler is as old as the
     Deployment it alone does: a number that is in one revision and not in the next is taken for 1 by Helm, on the way
     back too. For the same reason, where it comes later, as many as run now are told for good, and the annotation
     keeps that in mind; what was scaled to none begins with the least, but for Flagger, which wants none. */}}
{{- define "vitrina.replicas" -}}
{{- $name := include "vitrina.fullname" . -}}
{{- if not .Values.autoscaling.enabled -}}
{{ .Values.replicas }}
{{- else -}}
{{- $there := lookup "apps/v1" "Deployment" .Release.Namespace $name -}}
{{- $scaler := lookup "autoscaling/v2" "HorizontalPodAutoscaler" .Release.Namespace $name -}}
{{- if and $there (or (not $scaler) (dig "metadata" "annotations" "vitrina/replicas" "" $there)) -}}
{{- $now := int $there.spec.replicas -}}
{{ ternary $now (int .Values.autoscaling.minReplicas) (or (gt $now 0) .Values.flagger.enabled) }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "vitrina.serviceAccount" -}}
{{- $own := ternary (include "vitrina.fullname" .) "default" .Values.serviceAccount.create -}}
{{- default $own .Values.serviceAccount.name -}}
{{- end }}

{{- define "vitrina.secret" -}}
{{- default (include "vitrina.fullname" .) .Values.secret.existing -}}
{{- end }}

{{/* "true" if more than one pod of the shop can run. */}}
{{- define "vitrina.isMany" -}}
{{- $v := .Values -}}
{{- if or $v.autoscaling.enabled $v.next.enabled (gt (int $v.replicas) 1) }}true{{ end -}}
{{- end }}

{{/* The sum of what a ConfigMap or Secret says; its labels may change without new pods. Call with
     (list . "configmap"). */}}
{{- define "vitrina.sum" -}}
{{- $root := index . 0 -}}
{{- $object := include (printf "%s/%s.yaml" $root.Template.BasePath (index . 1)) $root | fromYaml -}}
{{- toJson (pick $object "data" "stringData") | sha256sum -}}
{{- end }}

{{/* How many MiB an amount such as 256Mi or 1Gi is. */}}
{{- define "vitrina.mebibytes" -}}
{{- ternary 1024 1 (hasSuffix "Gi" .) | mul (trimSuffix "i" . | trimSuffix "G" | trimSuffix "M" | int) -}}
{{- end }}

{{/* How long shop-mailer may take to end: a delivery that has begun is done within a minute. */}}
{{- define "vitrina.mailer.gracePeriod" -}}75{{- end }}

{{/* Before SIGTERM, the drain, running requests, and 15 s for the last mails and for closing the store; enough for
     shop-mailer, where it is in the pod. */}}
{{- define "vitrina.gracePeriod" -}}
{{- $hasMailer := and .Values.mailer.apart (eq .Values.database.kind "sqlite") -}}
{{- add .Values.preStopSleepSeconds .Values.config.drainSeconds .Values.config.shutdownSeconds 15
  | max (ternary (include "vitrina.mailer.gracePeriod" . | int) 0 $hasMailer) -}}
{{- end }}
