{{/* Where the shop stands, without a slash at the end. */}}
{{- define "vitrina.route.base" -}}
{{- trimSuffix "/" .Values.config.basePath -}}
{{- end }}

{{/* A header match: a cookie with this value. Some Gateways look for the pattern in the header, some hold it
     against the whole of it; it is right for both. Call with (list NAME VALUE). */}}
{{- define "vitrina.route.cookie" -}}
{{- $pattern := printf `(^|.*;\s*)%s=%s(;.*|$)` (index . 0 | regexQuoteMeta) (index . 1 | regexQuoteMeta) -}}
{name: Cookie, type: RegularExpression, value: {{ squote $pattern }}}
{{- end }}

{{/* Both versions by their weights. Call with (list . true) and each answer also gives its visitor the cookie
     of its side; a cache that kept such an answer would put others on that side. */}}
{{- define "vitrina.route.both" -}}
{{- $root := index . 0 -}}
{{- $givesCookie := index . 1 -}}
{{- $next := $root.Values.next -}}
{{- $secure := hasPrefix "https://" $root.Values.config.publicUrl | ternary " Secure;" "" -}}
{{- $path := include "vitrina.route.base" $root | default "/" -}}
{{- $attributes := printf "Path=%s; Max-Age=86400; HttpOnly;%s SameSite=Lax" $path $secure -}}
{{- range $suffix, $weight := dict "" (sub 100 $next.weight) "-next" $next.weight }}
- name: {{ include "vitrina.fullname" $root }}{{ $suffix }}
  port: {{ $root.Values.service.port }}
  weight: {{ $weight }}
  {{- if $givesCookie }}
  {{- $tag := ternary $next.tag (include "vitrina.version" $root) (eq $suffix "-next") }}
  filters:
    - type: ResponseHeaderModifier
      responseHeaderModifier:
        add:
          - name: Set-Cookie
            value: {{ printf "%s=%s; %s" $next.cookie $tag $attributes | quote }}
        set:
          - name: Cache-Control
            value: no-store
  {{- end }}
{{- end }}
{{- end }}
