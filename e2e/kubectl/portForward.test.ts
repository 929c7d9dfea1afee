import { box, web } from './manifests';
import { session } from './session';

session(
  'kubectl port-forward',
  __filename,
  String.raw`
== Through it
$ kubectl create -f web.yaml; kubectl rollout status statefulset/web > /dev/null
service/nginx created
statefulset.apps/web created
$ kubectl exec web-0 -- sh -c 'echo page of $HOSTNAME > /usr/share/nginx/html/index.html; head -c 300000 /dev/zero > /usr/share/nginx/html/big'
$ exec 3< <(exec kubectl port-forward pod/web-0 :80 2>&1); read -r line <&3; echo "$line" | sed -E 's/:[0-9]+ /:PORT /'; port=$(echo "$line" | sed -E 's/.*:([0-9]+) .*/\1/')
> curl -s -A test http://127.0.0.1:$port/; curl -s -A test http://127.0.0.1:$port/big | wc -c; curl -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1:$port/nothing; kill $!
Forwarding from 127.0.0.1:PORT -> 80
page of web-0
300000
404
$ exec 3< <(exec kubectl port-forward statefulset/web :web 2>&1); read -r line <&3; echo "$line" | sed -E 's/:[0-9]+ /:PORT /'; port=$(echo "$line" | sed -E 's/.*:([0-9]+) .*/\1/')
> for i in 1 2 3 4 5; do curl -s -A test http://127.0.0.1:$port/ & pids="$pids $!"; done | sort | uniq -c | sed -E 's/web-[01]/web-N/'; kill $!
Forwarding from 127.0.0.1:PORT -> 80
      5 page of web-N
$ exec 3< <(exec kubectl port-forward service/nginx :80 2>&1); read -r line <&3; echo "$line" | sed -E 's/:[0-9]+ /:PORT /'; kill $!
Forwarding from 127.0.0.1:PORT -> 80
$ exec 3< <(exec kubectl port-forward web-0 :81 2>&1); read -r line <&3; port=$(echo "$line" | sed -E 's/.*:([0-9]+) .*/\1/')
> curl -s -A test http://127.0.0.1:$port/; echo $?; cat <&3 | grep -o 'connection refused' | uniq
52
connection refused
$ kubectl port-forward nothing 8080:80
Error from server (NotFound): pods "nothing" not found
[1]
$ kubectl port-forward web-0
error: TYPE/NAME and list of ports are required for port-forward
See 'kubectl port-forward -h' for help and examples
[1]
$ kubectl port-forward web-0 x:80
error: error parsing local port 'x': strconv.ParseUint: parsing "x": invalid syntax
[1]
$ kubectl port-forward service/nginx :81
error: Service nginx does not have a service port 81
[1]
$ kubectl port-forward statefulset/web :nothing
error: Pod 'web-0' does not have a named port 'nothing'
[1]

== The proxy
$ kubectl get --raw /api/v1/namespaces/$NS/pods/web-1/proxy/nothing | head -1
Error from server (NotFound): the server could not find the requested resource
$ kubectl get --raw /api/v1/namespaces/$NS/pods/web-0/proxy/
page of web-0
$ kubectl get --raw /api/v1/namespaces/$NS/pods/web-0:80/proxy/
page of web-0
$ kubectl get --raw /api/v1/namespaces/$NS/services/nothing/proxy/
Error from server (NotFound): services "nothing" not found
[1]
$ exec 3< <(exec kubectl proxy --port=0); read -r line <&3; echo "$line" | sed -E 's/:[0-9]+/:PORT/'; port=$(echo "$line" | sed -E 's/.*:([0-9]+)/\1/')
> curl -s -A test http://127.0.0.1:$port/api/v1/namespaces/$NS/pods/web-0/proxy/; curl -s -A test http://127.0.0.1:$port/api/v1/namespaces/$NS/pods/nothing; echo; kill $!
Starting to serve on 127.0.0.1:PORT
page of web-0
{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"nothing\" not found","reason":"NotFound","details":{"name":"nothing","kind":"pods"},"code":404}
`,
  { files: { 'box.yaml': box, 'web.yaml': web } },
);
