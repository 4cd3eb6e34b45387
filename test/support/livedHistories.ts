import fc from "fast-check";
import { History, someHistory, type WrittenHistory } from "./histories";
import { WorldOfStack } from "./historyOfStack";

/** Which histories to live through with the engine. */
export interface HistoriesPlan {
  readonly count: number;
  readonly seed: number;
  /** How many at the same time. */
  readonly jobs: number;
  /** One of them alone, by its number from 1 on. */
  readonly only?: number | undefined;
  /** Told of each that has ended. */
  readonly ended?: (number: number, result: LivedHistory) => void;
}

/** What one came to. */
export interface LivedHistory {
  /** What others lost; a sentence each. Empty when all is well. */
  readonly losses: readonly string[];
  readonly ups: number;
  readonly adoptions: number;
  /** How many attachments and permissions others had at the end. */
  readonly ofOthers: number;
}

/** Lives through histories, several at the same time. The same seed gives the same ones. */
export async function liveThrough(plan: HistoriesPlan): Promise<LivedHistory[]> {
  const { count, seed, jobs, only, ended } = plan;
  const written = fc.sample(someHistory(6, 10), { numRuns: count, seed });
  const numbered = written
    .map((history, index) => ({ history, number: index + 1 }))
    .filter(({ number }) => only === undefined || number === only);
  const results: LivedHistory[] = [];
  const work = async (): Promise<void> => {
    for (let next = numbered.shift(); next !== undefined; next = numbered.shift()) {
      const result = await liveOne(next.history, `history ${next.number} of seed ${seed}`);
      results.push(result);
      ended?.(next.number, result);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return results;
}

async function liveOne(written: WrittenHistory, name: string): Promise<LivedHistory> {
  const world = await WorldOfStack.create(written);
  try {
    const history = await History.begin(world);
    for (const [index, event] of written.events.entries()) {
      try {
        await history.live(event);
      } catch (error) {
        throw new Error(`${name}, event ${index + 1} (${JSON.stringify(event)})`, { cause: error });
      }
      if (history.losses.length > 0) break;
    }
    const { losses, ofOthers } = history;
    const told = losses.map((loss) => `${name}: ${loss}\n  ${JSON.stringify(written)}`);
    return { losses: told, ...world.tally, ofOthers };
  } finally {
    await world.dispose();
  }
}
