import type { Container, Probe, ProbeAction } from '../../../../../lib/kubernetes/pod';
import { forbidden, invalid, required, type FieldError } from '../../fieldError';
import { invalidEach, nonNegative, oneOf, portNumber, portReference } from '../validation/fields';
import { validateHttpHeaderName } from '../validation/names';

interface ProbeRules {
  /** Liveness and startup probes count one success only. */
  mustSucceedOnce?: boolean;
  mayNotSetGrace?: boolean;
  grace?: number;
}

/** validateProbe and its kin (pkg/apis/core/validation). */
export function probeErrors(probe: Probe | undefined, at: string, rules: ProbeRules): FieldError[] {
  if (!probe) return [];
  const errors = handlerErrors(probe, at);
  for (const name of [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ] as const) {
    errors.push(...nonNegative(`${at}.${name}`, probe[name]));
  }
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, 'must be greater than 0'));
  }
  if (rules.mayNotSetGrace && grace !== undefined) {
    errors.push(invalid(`${at}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
  }
  if (rules.mustSucceedOnce && probe.successThreshold !== 1) {
    errors.push(invalid(`${at}.successThreshold`, probe.successThreshold, 'must be 1'));
  }
  return errors;
}

export function lifecycleErrors(lifecycle: Container['lifecycle'], at: string): FieldError[] {
  const { postStart, preStop } = lifecycle ?? {};
  return [
    ...(postStart ? handlerErrors(postStart, `${at}.postStart`) : []),
    ...(preStop ? handlerErrors(preStop, `${at}.preStop`) : []),
  ];
}

interface Handler extends ProbeAction {
  grpc?: { port: number };
  sleep?: { seconds: number };
}

function handlerErrors(handler: Handler, at: string): FieldError[] {
  const given = (['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const).filter((name) => handler[name]);
  if (given.length === 0) return [required(at, 'must specify a handler type')];
  return given.flatMap((name, index) =>
    index > 0
      ? [forbidden(`${at}.${name}`, 'may not specify more than 1 handler type')]
      : actionErrors(handler, `${at}.${name}`),
  );
}

function actionErrors({ exec, httpGet, tcpSocket, grpc }: Handler, at: string): FieldError[] {
  if (exec) return exec.command?.length ? [] : [required(`${at}.command`)];
  if (httpGet) {
    return [
      ...(httpGet.path ? [] : [required(`${at}.path`)]),
      ...portReference(`${at}.port`, httpGet.port),
      ...oneOf(`${at}.scheme`, httpGet.scheme, ['HTTP', 'HTTPS']),
      ...(httpGet.httpHeaders ?? []).flatMap(({ name }) =>
        invalidEach(`${at}.httpHeaders`, name, validateHttpHeaderName(name)),
      ),
    ];
  }
  if (tcpSocket) return portReference(`${at}.port`, tcpSocket.port);
  return grpc ? portNumber(`${at}.port`, grpc.port) : [];
}
