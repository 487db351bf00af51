{{- define "bellhop.pod" -}}
{{- $role := .role -}}
{{- with .root -}}
terminationGracePeriodSeconds: 60
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
containers:
  - name: {{ $role }}
    image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    {{- if eq $role "worker" }}
    command: ["node", "scripts/worker.mjs"]
    {{- end }}
    securityContext:
      allowPrivilegeEscalation: false
      readOnlyRootFilesystem: true
      capabilities: { drop: [ALL] }
    envFrom:
      - secretRef: { name: {{ .Values.existingSecret | quote }} }
    env:
      - { name: APP_URL, value: {{ .Values.appUrl | quote }} }
      {{- if eq $role "web" }}
      - { name: WORKER, value: {{ ternary "off" "on" (gt (int .Values.worker.replicas) 0) | quote }} }
      {{- end }}
      {{- range $name, $value := .Values.env }}
      - { name: {{ $name }}, value: {{ $value | quote }} }
      {{- end }}
    ports:
      - { name: http, containerPort: 3000 }
    startupProbe:
      httpGet: { path: /api/health/ready, port: http }
      periodSeconds: 2
      failureThreshold: 60
    readinessProbe:
      httpGet: { path: /api/health/ready, port: http }
      periodSeconds: 5
      timeoutSeconds: 4
    livenessProbe:
      httpGet: { path: /api/health, port: http }
      periodSeconds: 15
      timeoutSeconds: 5
    {{- if eq $role "web" }}
    lifecycle:
      # The balancer hears of it before the server takes no more connections.
      preStop: { exec: { command: ["sleep", "5"] } }
    {{- end }}
    resources: {{- toYaml (get .Values $role).resources | nindent 6 }}
    volumeMounts:
      - { name: data, mountPath: /data }
      - { name: tmp, mountPath: /tmp }
volumes:
  - { name: data, emptyDir: {} }
  - { name: tmp, emptyDir: {} }
{{- end -}}
{{- end -}}
