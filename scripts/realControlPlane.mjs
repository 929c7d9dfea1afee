/** A real control plane for as long as a script runs. Needs tsx to be registered: it lives among the tests. */
import { goProgram, hasGo } from './goPrograms.mjs';
import { fail } from './say.mjs';

/** Builds what is not built yet (minutes, the first time), starts it, and ends the script in words where Go is missing. */
export async function startRealControlPlane() {
  if (!hasGo())
    fail(
      'Go 1.26 or newer is needed to build a control plane (https://go.dev/dl); or name a cluster: --kubeconfig FILE',
    );
  const programs = {};
  for (const name of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'coredns'])
    programs[name] = await goProgram(name);
  const { startControlPlane } = await import('../e2e/parity/controlplane/controlPlane.ts');
  return startControlPlane(programs);
}
