{{/* What every pod of this chart has in common. */}}
{{- define "vitrina.pod.common" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "vitrina.container.security" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{/* The settings of shop-web and shop-mailer: ConfigMap, and files of the Secret. Call with (list . "web"). */}}
{{- define "vitrina.container.settings" -}}
{{- $root := index . 0 -}}
{{- $values := $root.Values -}}
{{- $isWeb := hasPrefix "web" (index . 1) -}}
{{- $isOnePod := eq $values.database.kind "sqlite" -}}
{{- $shipsLogs := and $values.rsyslog.enabled (or $isWeb $isOnePod) -}}
envFrom:
  - configMapRef:
      name: {{ include "vitrina.fullname" $root }}
env:
  {{- if and $isWeb (or $values.secret.existing $values.secret.secretKey) }}
  - name: SHOP_SECRET_KEY_FILE
    value: /etc/vitrina/secret/secret-key
  {{- end }}
  {{- if or $values.secret.existing $values.secret.mailUrl }}
  - name: SHOP_MAIL_URL_FILE
    value: /etc/vitrina/secret/mail-url
  {{- end }}
  {{- if eq $values.database.kind "mysql" }}
  - name: SHOP_DATABASE_URL_FILE
    value: /etc/vitrina/secret/database-url
  {{- end }}
  {{- if $shipsLogs }}
  - name: SHOP_LOG_FOLDER
    value: /var/log/vitrina
  {{- end }}
  {{- if eq (index . 1) "web-next" }}
  - name: SHOP_TRACK
    value: next
  {{- end }}
volumeMounts:
  - {name: secret, mountPath: /etc/vitrina/secret, readOnly: true}
  - {name: tmp, mountPath: /tmp}
  {{- if eq $values.database.kind "sqlite" }}
  - {name: data, mountPath: /data}
  {{- end }}
  {{- if $shipsLogs }}
  - {name: log, mountPath: /var/log/vitrina}
  {{- end }}
{{- end }}

{{/* A Secret that lacks a key, or is not there, does not hold the pod back: the program says it. */}}
{{- define "vitrina.pod.volumes" -}}
- name: secret
  secret:
    secretName: {{ include "vitrina.secret" . | quote }}
    defaultMode: 0440
    optional: true
- name: tmp
  emptyDir: {sizeLimit: 64Mi}
{{- if eq .Values.database.kind "sqlite" }}
- name: data
  persistentVolumeClaim:
    {{- $claim := print (include "vitrina.fullname" .) "-data" }}
    claimName: {{ default $claim .Values.database.sqlite.existingClaim | quote }}
{{- end }}
{{- end }}

{{/* The container of shop-mailer, in a pod of its own or beside the shop. It has no port to probe: it ends
     when it cannot go on. */}}
{{- define "vitrina.mailer.container" -}}
- name: shop-mailer
  image: {{ include "vitrina.image" (list . "mailer") }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  {{- include "vitrina.container.settings" (list . "mailer") | nindent 2 }}
  {{- include "vitrina.container.security" . | nindent 2 }}
  resources:
    {{- toYaml .Values.mailer.resources | nindent 4 }}
{{- end }}

{{/* The pod of the shop: the same in a Deployment (MySQL) and in a StatefulSet (SQLite). That of "web" does not
     depend on the values below `next`, nor that of "web-next" on image.tag: what comes and goes beside a pod
     does not replace it. Call with (list . "web") or (list . "web-next"). */}}
{{- define "vitrina.web.pod" -}}
{{- $root := index . 0 -}}
{{- $part := index . 1 -}}
{{- with $root -}}
metadata:
  labels:
    {{- include "vitrina.podLabels" (list . $part) | nindent 4 }}
    app: {{ include "vitrina.fullname" . }}{{ trimPrefix "web" $part }}
    role: storefront
    {{- with .Values.podLabels }}{{ toYaml . | nindent 4 }}{{ end }}
  annotations:
    # A change of the settings makes new pods.
    checksum/config: {{ include "vitrina.sum" (list . "configmap") }}
    checksum/secret: {{ include "vitrina.sum" (list . "secret") }}
    {{- if .Values.rsyslog.enabled }}
    checksum/rsyslog: {{ include "vitrina.sum" (list . "rsyslog") }}
    {{- end }}
    {{- with .Values.podAnnotations }}{{ toYaml . | nindent 4 }}{{ end }}
spec:
  {{- include "vitrina.pod.common" . | nindent 2 }}
  serviceAccountName: {{ include "vitrina.serviceAccount" . | quote }}
  terminationGracePeriodSeconds: {{ include "vitrina.gracePeriod" . }}
  affinity:
    {{- if .Values.affinity }}
    {{- toYaml .Values.affinity | nindent 4 }}
    {{- else }}
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              {{- include "vitrina.storefront" . | nindent 14 }}
    {{- end }}
  {{- with .Values.topologySpread }}
  {{- if .enabled }}
  topologySpreadConstraints:
    - maxSkew: {{ .maxSkew }}
      topologyKey: {{ .topologyKey | quote }}
      whenUnsatisfiable: {{ .whenUnsatisfiable }}
      labelSelector:
        {{- include "vitrina.storefront" $root | nindent 8 }}
  {{- end }}
  {{- end }}
  {{- if .Values.rsyslog.enabled }}
  initContainers:
    {{- include "vitrina.rsyslog.container" . | nindent 4 }}
  {{- end }}
  containers:
    - name: shop-web
      image: {{ include "vitrina.image" (list . $part) }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      ports:
        - {name: http, containerPort: 8000}
        - {name: health, containerPort: 8001}
      {{- include "vitrina.container.settings" (list . $part) | nindent 6 }}
      {{- include "vitrina.container.security" . | nindent 6 }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      startupProbe:
        httpGet: {path: /healthz, port: health}
        {{- toYaml .Values.probes.startup | nindent 8 }}
      livenessProbe:
        httpGet: {path: /healthz, port: health}
        {{- toYaml .Values.probes.liveness | nindent 8 }}
      readinessProbe:
        httpGet: {path: /readiness, port: health}
        {{- toYaml .Values.probes.readiness | nindent 8 }}
      {{- if and .Values.preStopSleepSeconds (semverCompare ">=1.30-0" .Capabilities.KubeVersion.Version) }}
      lifecycle:
        preStop:
          sleep: {seconds: {{ .Values.preStopSleepSeconds }}}
      {{- end }}
    {{- if and .Values.mailer.apart (eq .Values.database.kind "sqlite") }}
    {{- include "vitrina.mailer.container" . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "vitrina.pod.volumes" . | nindent 4 }}
    {{- if .Values.rsyslog.enabled }}
    {{- include "vitrina.rsyslog.volumes" . | nindent 4 }}
    {{- end }}
{{- end }}
{{- end }}
