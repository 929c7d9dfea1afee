'use client';

import type { SWRResponse } from 'swr';
import type {
  Action,
  ContextsAnswer,
  FileContent,
  FileReference,
  MomentsAnswer,
  NamespacesAnswer,
  Result,
} from '../../lib/actions/contracts';
import type { LabError } from '../../lib/errors';

/** Read once and kept; `error` is always a LabError. `mutate()` reads again. */
export type Read<T> = SWRResponse<T, LabError>;

export declare function useContexts(): Read<ContextsAnswer>;
export declare function useNamespaces(): Read<NamespacesAnswer>;
export declare function useMoments(namespace: string | undefined): Read<MomentsAnswer>;
/** Reads when `file` is given, and again only on `mutate()`: a file is not polled. */
export declare function useFile(file: FileReference | undefined): Read<FileContent>;

/** Asks the server to do something. Never throws: what went wrong is in the result, in words. */
export declare function act(action: Action): Promise<Result>;
