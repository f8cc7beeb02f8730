import type { Shard } from '@aws-sdk/client-dynamodb-streams';
import type { LocalEventSource } from '../template/event-sources.ts';
import type { Position, Progress } from './progress.ts';
import type { StreamReader } from './stream-reader.ts';

export interface FollowOptions {
  readonly source: LocalEventSource;
  readonly stream: StreamReader;
  readonly progress: Progress;
  /** Follows one shard until its end, from a position. */
  readonly followShard: (shardId: string, start: Position) => Promise<void>;
  /** Tries work until it succeeds; rejects when the stack stops. */
  readonly persist: <T>(work: () => Promise<T>) => Promise<T>;
  /** Waits; rejects when the stack stops. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** How often new shards are looked for. */
const REFRESH_MS = 10_000;

const PAGE = 1_000;

/** The name under which an event source's positions in one stream are kept. */
export const readerName = (source: Pick<LocalEventSource, 'id'>, stream: Pick<StreamReader, 'arn'>): string =>
  `${source.id} ${stream.arn}`;

/** Where a shard ends at present. */
const endOf = async (stream: StreamReader, shardId: string): Promise<Position> => {
  let after: string | null = null;
  let iterator = await stream.iteratorAfter(shardId, { after });
  while (iterator !== undefined) {
    const { records, next } = await stream.read(iterator, PAGE);
    after = records.at(-1)?.sequenceNumber ?? after;
    iterator = records.length === 0 ? undefined : next;
  }
  return { after };
};

/** At the first contact, remembers where it begins: a start after that goes on from there, whatever happens meanwhile. */
const begin = async ({ source, stream, progress }: FollowOptions): Promise<void> => {
  const reader = readerName(source, stream);
  if (progress.knows(reader)) return;
  for (const { ShardId = '' } of await stream.shards()) {
    const start = source.startingPosition === 'LATEST' ? await endOf(stream, ShardId) : { after: null };
    progress.set(reader, ShardId, start);
  }
};

/** Follows all shards of a stream, each in order, and none before the one that it came from. Rejects when the stack stops. */
export const followStream = async (options: FollowOptions): Promise<never> => {
  const { source, stream, progress, followShard, persist, sleep } = options;
  const reader = readerName(source, stream);
  const following = new Map<string, Promise<void>>();
  const ended = new Set<string>();

  const follow = async (shardId: string): Promise<void> => {
    await persist(() => followShard(shardId, progress.get(reader, shardId) ?? { after: null }));
    ended.add(shardId);
  };
  const isNext = ({ ShardId = '', ParentShardId }: Shard, shards: readonly Shard[]): boolean =>
    !following.has(ShardId) &&
    (ParentShardId === undefined ||
      ended.has(ParentShardId) ||
      !shards.some(({ ShardId: present }) => present === ParentShardId));

  try {
    await persist(() => begin(options));
    for (;;) {
      const shards = await persist(stream.shards);
      for (const shard of shards) {
        const { ShardId = '' } = shard;
        if (isNext(shard, shards)) following.set(ShardId, follow(ShardId));
      }
      await sleep(REFRESH_MS);
    }
  } finally {
    await Promise.allSettled(following.values());
  }
};
