import type { Step } from '../../lib/lab/lab';
import { asDeployment } from './deployment';

export const steps: Step[] = [
  {
    id: 'watch',
    title: { en: 'Watch the pods', es: 'Observa los pods' },
    text: [
      {
        en: 'Two terminals help: one watches, the other acts. In the first, watch the pods that carry the label of the lab.',
        es: 'Dos terminales ayudan: una observa y la otra actúa. En la primera, observa los pods que llevan la etiqueta del laboratorio.',
      },
    ],
    commands: [{ line: 'kubectl get pods -w -l app=nginx' }],
    look: {
      en: 'The board shows the same, without asking for it.',
      es: 'El tablero muestra lo mismo, sin pedirlo.',
    },
  },
  {
    id: 'create',
    title: { en: 'Create the Service and the StatefulSet', es: 'Crea el Service y el StatefulSet' },
    text: [
      {
        en: 'web.yaml holds a headless Service, nginx, which controls the network domain, and a StatefulSet, web, with three replicas. A headless Service has no cluster IP: it is asked for with clusterIP: None.',
        es: 'web.yaml contiene un Service headless, nginx, que controla el dominio de red, y un StatefulSet, web, con tres réplicas. Un Service headless no tiene IP de clúster: se pide con clusterIP: None.',
      },
      {
        en: 'For each pod, volumeClaimTemplates makes a claim, and the claim gets a volume of 1 GiB from the default storage class.',
        es: 'Para cada pod, volumeClaimTemplates crea un claim, y el claim obtiene un volumen de 1 GiB de la clase de almacenamiento por defecto.',
      },
    ],
    commands: [{ line: 'kubectl apply -f web.yaml' }],
    look: {
      en: 'web-1 waits until web-0 is Running and Ready, and web-2 waits for web-1.',
      es: 'web-1 espera hasta que web-0 está Running y Ready, y web-2 espera a web-1.',
    },
  },
  {
    id: 'verify',
    title: { en: 'See what was made', es: 'Mira lo que se ha creado' },
    text: [
      {
        en: 'The Service has no cluster IP, and the StatefulSet has three of three replicas ready.',
        es: 'El Service no tiene IP de clúster, y el StatefulSet tiene listas tres de tres réplicas.',
      },
    ],
    commands: [
      { line: 'kubectl get service nginx' },
      { line: 'kubectl get statefulset web' },
      { line: 'kubectl get pods -l app=nginx' },
    ],
  },
  {
    id: 'identity',
    title: { en: 'A name that sticks', es: 'Un nombre que se queda' },
    text: [
      {
        en: 'Each pod is named for its set and its ordinal: web-0, web-1, web-2. The hostname inside the pod is the same.',
        es: 'Cada pod se llama como su conjunto y su ordinal: web-0, web-1, web-2. El nombre de máquina dentro del pod es el mismo.',
      },
    ],
    commands: [{ line: 'for i in {0..2}; do kubectl exec web-$i -- sh -c hostname; done' }],
  },
  {
    id: 'dns',
    title: { en: 'Ask DNS for each pod', es: 'Pregunta al DNS por cada pod' },
    text: [
      {
        en: 'A pod of its own asks the cluster’s DNS. The headless Service gives each pod a name: web-0.nginx, web-1.nginx, web-2.nginx.',
        es: 'Un pod aparte pregunta al DNS del clúster. El Service headless da un nombre a cada pod: web-0.nginx, web-1.nginx, web-2.nginx.',
      },
    ],
    commands: [
      { line: 'kubectl run -it --image busybox:1.28 my-dns-test-pod --restart=Never --rm' },
      { line: "for i in 0 1 2;do nslookup web-$i.nginx;echo;echo '---';done", prompt: '/ #' },
      { line: 'nslookup nginx.default.svc.cluster.local', prompt: '/ #' },
    ],
    look: {
      en: 'The DNS cards and the DNS panel hold the same answers, with the time they were asked.',
      es: 'Las tarjetas de DNS y el panel de DNS tienen las mismas respuestas, con la hora a la que se preguntó.',
    },
  },
  {
    id: 'delete',
    title: { en: 'Delete the pods. What stays?', es: 'Borra los pods. ¿Qué se queda?' },
    text: [
      {
        en: 'Delete all pods of the set. They are made again under the same names, in order; their IP addresses may be others. This is why a client should use the names, never the addresses.',
        es: 'Borra todos los pods del conjunto. Se crean de nuevo con los mismos nombres, en orden; sus direcciones IP pueden ser otras. Por eso un cliente debe usar los nombres y nunca las direcciones.',
      },
    ],
    commands: [
      { line: 'kubectl delete pod -l app=nginx' },
      { line: 'kubectl get pod -l app=nginx' },
      { line: "for i in 0 1 2; do kubectl exec web-$i -- sh -c 'hostname'; done" },
    ],
    look: {
      en: 'Each slot starts its next life: the old IP is struck through, while claim and volume have not moved.',
      es: 'Cada puesto empieza su siguiente vida: la IP antigua queda tachada, mientras que el claim y el volumen no se han movido.',
    },
  },
  {
    id: 'storage',
    title: { en: 'Storage that outlives the pod', es: 'Almacenamiento que sobrevive al pod' },
    text: [
      {
        en: 'Each pod has a claim of its own, bound to a volume of its own, mounted where nginx looks for its pages: /usr/share/nginx/html.',
        es: 'Cada pod tiene su propio claim, ligado a su propio volumen, montado donde nginx busca sus páginas: /usr/share/nginx/html.',
      },
      {
        en: 'Write a page into web-1, delete the pod, and read the page back from the new one. The buttons on the board do the same.',
        es: 'Escribe una página en web-1, borra el pod y vuelve a leer la página desde el nuevo. Los botones del tablero hacen lo mismo.',
      },
    ],
    commands: [
      { line: 'kubectl get pvc -l app=nginx' },
      { line: `kubectl exec web-1 -- sh -c 'echo "written by $(hostname)" > /usr/share/nginx/html/index.html'` },
      { line: 'kubectl delete pod web-1' },
      { line: 'kubectl rollout status statefulset web' },
      { line: 'kubectl exec web-1 -- cat /usr/share/nginx/html/index.html' },
    ],
  },
  {
    id: 'scale',
    title: { en: 'Scale down and up again', es: 'Reduce y vuelve a ampliar' },
    text: [
      {
        en: 'Scaling down takes the highest ordinals first and keeps their claims. Scaling up again finds them, with what was on them.',
        es: 'Al reducir se van primero los ordinales más altos y se guardan sus claims. Al ampliar de nuevo se encuentran, con lo que había en ellos.',
      },
    ],
    commands: [
      { line: 'kubectl scale statefulset web --replicas=1' },
      { line: 'kubectl get pvc -l app=nginx' },
      { line: 'kubectl scale statefulset web --replicas=3' },
    ],
    look: {
      en: 'Slots 1 and 2 stay where they are, dashed: no pod, but a claim that is kept.',
      es: 'Los puestos 1 y 2 siguen en su sitio, con línea discontinua: sin pod, pero con un claim guardado.',
    },
  },
  {
    id: 'as-deployment',
    title: { en: 'The same app as a Deployment', es: 'La misma app como Deployment' },
    text: [
      {
        en: 'web-deploy.yaml runs the same nginx three times, but as a Deployment: its pods come all at once, each under a random name, and none has a claim or a DNS name of its own. The button “The same app as a Deployment…” above the board does the same.',
        es: 'web-deploy.yaml ejecuta el mismo nginx tres veces, pero como Deployment: sus pods llegan todos a la vez, cada uno con un nombre aleatorio, y ninguno tiene un claim ni un nombre DNS propios. El botón «La misma app como Deployment…», encima del tablero, hace lo mismo.',
      },
      {
        en: 'Delete one pod of each. web-1 comes back as web-1, with its claim. The pod of the Deployment never does: another one takes its place, under another name.',
        es: 'Borra un pod de cada uno. web-1 vuelve como web-1, con su claim. El pod del Deployment no vuelve nunca: otro lo sustituye, con otro nombre.',
      },
    ],
    manifest: { file: 'web-deploy.yaml', yaml: asDeployment.yaml.alone },
    commands: [
      { line: 'kubectl apply -f web-deploy.yaml' },
      { line: 'kubectl rollout status deployment web-deploy' },
      { line: 'kubectl get pods -l app=web-deploy' },
      { line: 'kubectl delete pod web-1' },
      { line: 'kubectl delete "$(kubectl get pods -l app=web-deploy -o name | head -n 1)"' },
      { line: "kubectl get pods -l 'app in (nginx,web-deploy)'" },
    ],
    look: {
      en: '“The same app both ways” puts the two side by side: names, place, claim, order and DNS name, as they were seen here.',
      es: '«La misma app de las dos maneras» pone a los dos uno al lado del otro: nombres, puesto, claim, orden y nombre DNS, tal como se han visto aquí.',
    },
  },
  {
    id: 'clean-up',
    title: { en: 'Clean up', es: 'Limpia' },
    text: [
      {
        en: 'Deleting the set and the Service does not delete the claims: that must be done by hand, and with them goes the data. The Deployment leaves nothing behind.',
        es: 'Al borrar el conjunto y el Service no se borran los claims: hay que hacerlo a mano, y con ellos se van los datos. El Deployment no deja nada.',
      },
    ],
    commands: [
      { line: 'kubectl delete -f web-deploy.yaml' },
      { line: 'kubectl delete -f web.yaml' },
      { line: 'kubectl delete pvc -l app=nginx' },
    ],
  },
];
