import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KubernetesObject } from '../../../../lib/kubernetes/metadata';
import type { Status } from '../../../../lib/kubernetes/status';
import type { User } from '../access/user';
import type { Call, Core } from '../core';
import { badRequest } from '../errors';
import type { Kind } from '../kinds/kind';
import type { ObjectList } from '../operations/list';
import type { Target } from '../registry';
import type { Output } from './accept';
import { writeParameters, type WriteParameters } from './parameters';
import { renderList, renderObject, type RenderContext, type RenderTable } from './render';
import { objectBytes, sendListBytes } from './protobuf';
import { sendJson, sendPieces, sendPlain, sendStatus, sendText, type Reply } from './respond';
import type { RequestVerb, ResourceRoute } from './routes';

/** One request for a resource, authenticated and authorised, and the ways to answer it. */
export class Exchange implements Reply {
  constructor(
    readonly core: Core,
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    readonly route: ResourceRoute,
    readonly verb: RequestVerb,
    readonly query: URLSearchParams,
    readonly user: User,
    readonly kind: Kind,
    readonly output: Output,
    private readonly renderTable: RenderTable,
    /** What the answer will warn of, even when it is a refusal. */
    readonly warnings: string[],
  ) {}

  get target(): Target {
    return { kind: this.kind, namespace: this.namespace, name: this.route.name ?? '' };
  }

  get namespace(): string {
    return this.kind.namespaced ? this.route.namespace : '';
  }

  get userAgent(): string {
    return this.request.headers['user-agent'] ?? '';
  }

  parameters(kind: string): WriteParameters {
    return writeParameters(this.query, this.userAgent, kind);
  }

  call({ dryRun, manager }: { dryRun: boolean; manager: string }): Call {
    return { user: this.user, manager, dryRun, warnings: this.warnings };
  }

  get context(): RenderContext {
    return { renderTable: this.renderTable, now: this.core.clock.now(), includeObject: this.includeObject() };
  }

  sendObject(object: KubernetesObject, status = 200): void {
    const { kind, output } = this;
    if (output.codec) return sendText(this, status, output.mediaType, objectBytes(output.codec, kind, object, output));
    sendJson(this, status, renderObject(kind, object, output, this.context), output);
  }

  /** An object that is not of the resource's own kind (Scale, TokenRequest). */
  sendOther(object: object, status = 200): void {
    sendPlain(this, status, object, this.output);
  }

  sendStatus(status: Status): void {
    sendStatus(this, status, this.output);
  }

  sendList(list: ObjectList): Promise<void> {
    const { kind, output } = this;
    if (output.codec) return sendListBytes(this, output.codec, kind, list, output);
    return sendPieces(this, renderList(kind, list, output, this.context), output);
  }

  private includeObject(): RenderContext['includeObject'] {
    const asked = this.query.get('includeObject') ?? '';
    if (asked === '' || asked === 'Metadata') return 'Metadata';
    if (asked === 'None' || asked === 'Object') return asked;
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(asked)}: must be 'Metadata', 'Object', 'None', or empty`,
    );
  }
}
