import type { Container, Pod } from '../../../../lib/kubernetes/pod';
import { ConfigError } from '../environment/environment';
import { podText } from './podContext';

/** Throws `ConfigError` where a container must not run as root and would (verifyRunAsNonRoot of pkg/kubelet/kuberuntime). */
export function requireNonRoot(pod: Pod, container: Container, imageUser = ''): void {
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  if (!security.runAsNonRoot) return;
  const where = `(pod: "${podText(pod)}", container: ${container.name})`;
  const { runAsUser } = security;
  if (runAsUser === 0) throw new ConfigError(`container's runAsUser breaks non-root policy ${where}`);
  if (runAsUser !== undefined) return;
  const [name = ''] = imageUser.split(':');
  if (name !== '' && !/^\d+$/.test(name))
    throw new ConfigError(
      `container has runAsNonRoot and image has non-numeric user (${name}), cannot verify user is non-root ${where}`,
    );
  if (Number(name) === 0) throw new ConfigError(`container has runAsNonRoot and image will run as root ${where}`);
}
