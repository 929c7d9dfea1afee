import type { FileContent, FilePlace } from '../../lib/actions/contracts';
import { boardHeaders, fileHeader } from '../../lib/actions/contracts';
import type { Board } from '../../lib/board/model';
import type { LabError } from '../../lib/errors';
import type { HistoryAnswer } from '../../lib/history/stretch';
import { isBoard } from '../../lib/stream/apply';
import { urlOf } from './base';
import { failureOf, failureOfFetch, field } from './failure';

/** SWR takes what is thrown as the `error`: always a LabError. */
async function get(path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(urlOf(path), { headers: { Accept: 'application/json, application/octet-stream' } });
  } catch (cause) {
    throw failureOfFetch(cause);
  }
  if (!response.ok) throw await failureOf(response);
  return response;
}

const notUnderstood: LabError = { kind: 'internal', message: "The dashboard's server gave an answer that is none." };

/** JSON whose shape `matches` vouches for. */
export function reader<T>(matches: (value: unknown) => value is T): (path: string) => Promise<T> {
  return async (path) => {
    const value: unknown = await (await get(path)).json();
    if (!matches(value)) throw notUnderstood;
    return value;
  };
}

export interface PastBoard {
  board: Board;
  /** In the server's clock. */
  at: number;
}

export async function readPastBoard(path: string): Promise<PastBoard> {
  const response = await get(path);
  const board: unknown = await response.json();
  if (!isBoard(board)) throw notUnderstood;
  return { board, at: Number(response.headers.get(boardHeaders.at) ?? 0) };
}

const readHistoryAnswer = reader((value): value is HistoryAnswer => Array.isArray(field(value, 'stretches')));

/** Everything of the past that the server keeps of a namespace. Rejects with a LabError. */
export function readHistory(namespace: string): Promise<HistoryAnswer> {
  return readHistoryAnswer(`/api/boards/${encodeURIComponent(namespace)}/history`);
}

export async function readFile(path: string): Promise<FileContent> {
  const response = await get(path);
  const about: unknown = JSON.parse(decodeURIComponent(response.headers.get(fileHeader) ?? '%7B%7D'));
  const container = field(about, 'container');
  const place = field(about, 'place');
  if (typeof container !== 'string' || !isPlace(place)) throw notUnderstood;
  return { bytes: new Uint8Array(await response.arrayBuffer()), container, place };
}

function isPlace(value: unknown): value is FilePlace {
  return ['claim', 'volume', 'container'].includes(String(field(value, 'kind')));
}
