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

{{/* All labels of a part. Call with (list . "web"). */}}
{{- define "vitrina.labels" -}}
{{- $root := index . 0 -}}
{{ include "vitrina.selector" . }}
app.kubernetes.io/part-of: vitrina
app.kubernetes.io/version: {{ default $root.Chart.AppVersion $root.Values.image.tag | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* The image of a program. Call with (list . "web"). */}}
{{- define "vitrina.image" -}}
{{- $root := index . 0 -}}
{{- $image := index $root.Values.image (index . 1) -}}
{{- with $root.Values.image.registry }}{{ . }}/{{ end -}}
{{ $image.repository }}
{{- $tag := default $root.Chart.AppVersion $root.Values.image.tag -}}
{{- ternary (print "@" $image.digest) (print ":" $tag) (ne $image.digest "") -}}
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
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicas) 1) }}true{{ end -}}
{{- end }}

{{/* Before SIGTERM, the drain, running requests, and 15 s for the last mails and for closing the store. */}}
{{- define "vitrina.gracePeriod" -}}
{{- add .Values.preStopSleepSeconds .Values.config.drainSeconds .Values.config.shutdownSeconds 15 -}}
{{- end }}
