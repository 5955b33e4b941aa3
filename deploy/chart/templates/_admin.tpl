{{/* A pod that runs one command of shop-admin on MySQL and ends. Call with (list . COMMAND SECRET). As in the shop's
     pods, the program says what the Secret lacks; of the chart's own it gets no more than it needs. */}}
{{- define "vitrina.admin.pod" -}}
{{- $root := index . 0 -}}
{{- $command := index . 1 -}}
metadata:
  labels:
    {{- include "vitrina.labels" (list $root $command) | nindent 4 }}
spec:
  {{- include "vitrina.pod.common" $root | nindent 2 }}
  restartPolicy: Never
  containers:
    - name: shop-admin
      image: {{ include "vitrina.image" (list $root "admin") }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      args: [{{ $command }}]
      env:
        - {name: SHOP_PROFILE, value: {{ $root.Values.config.profile }}}
        - {name: SHOP_LOG, value: {{ $root.Values.config.log }}}
        - {name: SHOP_DATABASE_URL_FILE, value: /etc/vitrina/secret/database-url}
        - {name: SHOP_KEEP_SENT_DAYS, value: {{ $root.Values.config.keepSentDays | int | quote }}}
        - {name: SHOP_KEEP_DEAD_DAYS, value: {{ $root.Values.config.keepDeadDays | int | quote }}}
      volumeMounts:
        - {name: secret, mountPath: /etc/vitrina/secret, readOnly: true}
      {{- include "vitrina.container.security" $root | nindent 6 }}
      resources:
        requests: {cpu: 50m, memory: 32Mi}
        limits: {memory: 128Mi}
  volumes:
    - name: secret
      secret:
        secretName: {{ index . 2 | quote }}
        defaultMode: 0440
        optional: true
        {{- if not $root.Values.secret.existing }}
        items:
          - {key: database-url, path: database-url}
        {{- end }}
{{- end }}
