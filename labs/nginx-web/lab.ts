import type { Lab } from '../../lib/lab/lab';
import { asDeployment } from './deployment';
import { webYaml } from './manifest';
import { steps } from './steps';

export const nginxWeb: Lab = {
  name: 'nginx-web',
  minutes: 40,
  title: { en: 'nginx as a StatefulSet', es: 'nginx como StatefulSet' },
  summary: {
    en: 'A headless Service and three web servers, each with a name, an ordinal and a volume of its own. Pods come and go; name and volume stay.',
    es: 'Un Service headless y tres servidores web, cada uno con su nombre, su ordinal y su volumen. Los pods van y vienen; el nombre y el volumen se quedan.',
  },
  manifest: { file: 'web.yaml', yaml: webYaml },
  makes: [{ set: 'web', replicas: 3, service: 'nginx', claimSize: '1Gi', template: 'www' }],
  asDeployment,
  steps,
};
