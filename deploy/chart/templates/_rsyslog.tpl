{{/* A sidecar that starts before the shop and ends after it, so that it sees the last line too. */}}
{{- define "vitrina.rsyslog.container" -}}
- name: rsyslog
  image: {{ .Values.rsyslog.image }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  restartPolicy: Always
  command: [rsyslogd, -n, -iNONE, -f, /etc/vitrina/rsyslog/rsyslog.conf]
  volumeMounts:
    - {name: rsyslog, mountPath: /etc/vitrina/rsyslog, readOnly: true}
    - {name: log, mountPath: /var/log/vitrina, readOnly: true}
    - {name: spool, mountPath: /var/spool/rsyslog}
  {{- include "vitrina.container.security" . | nindent 2 }}
  resources:
    {{- toYaml .Values.rsyslog.resources | nindent 4 }}
{{- end }}

{{- define "vitrina.rsyslog.volumes" -}}
- name: rsyslog
  configMap:
    name: {{ include "vitrina.fullname" . }}-rsyslog
- name: log
  emptyDir: {sizeLimit: {{ .Values.rsyslog.volumeSize }}}
- name: spool
  emptyDir: {sizeLimit: {{ .Values.rsyslog.volumeSize }}}
{{- end }}
