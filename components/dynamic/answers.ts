/** What vCenter was asked, and when. */
interface Asked {
  readonly answer: Promise<unknown>;
  /** When, by the clock. */
  readonly time: number;
  /** Its place among the questions and changes, which may have the same time. */
  readonly turn: number;
}

/**
 * The answers of vCenter that resources of one process share.
 *
 * The rule, for everything that is kept here:
 *
 * - An answer counts only up to an age, which whoever asks decides: 15 seconds for a preview, 5 seconds for what is
 *   checked right before a permission is set or removed, so that what somebody else changed in the meantime is still
 *   respected (VCenterSession has the figures).
 * - Our own change ends every answer that it may have made wrong, at the moment when it is done or has failed. So an
 *   answer that was asked for before that moment, also one that is still on its way, is not used after it.
 * - A change is believed only when vCenter shows it in an answer that was asked for after it.
 */
export class Answers {
  readonly #asked = new Map<string, Asked>();
  readonly #changed = new Map<string, number>();
  readonly #members = new Map<string, Set<string>>();
  #turns = 0;

  /**
   * The answer to a question, asked now unless it is known.
   *
   * @param longest how old a known answer may be, in milliseconds
   */
  once<T>(question: string, longest: number, ask: () => Promise<T>): Promise<T> {
    const known = this.#asked.get(question);
    if (known !== undefined && isWithin(known, longest)) return known.answer as Promise<T>;
    const answer = ask();
    const asked = { answer, time: Date.now(), turn: this.#next() };
    this.#asked.set(question, asked);
    answer.catch(() => {
      // What failed may be asked again.
      if (this.#asked.get(question) === asked) this.#asked.delete(question);
    });
    return answer;
  }

  /**
   * Whether a question was asked, not longer ago than that, and something has not changed since.
   *
   * @param subject what {@link changed} was told of
   */
  isKnown(question: string, longest: number, subject: string): boolean {
    const known = this.#asked.get(question);
    return (
      known !== undefined &&
      isWithin(known, longest) &&
      known.turn > (this.#changed.get(subject) ?? 0)
    );
  }

  /**
   * Whether so few things of a kind were asked for that each may be asked for alone. Once there are more, it is never
   * true again.
   */
  areFew(kind: string, asked: string, most: number): boolean {
    const members = this.#members.get(kind) ?? new Set();
    this.#members.set(kind, members.add(asked));
    return members.size <= most;
  }

  /**
   * Notes that we changed something.
   *
   * @param subject what it is
   * @param questions whose answers are wrong as a whole by now
   */
  changed(subject: string, questions: readonly string[]): void {
    this.#changed.set(subject, this.#next());
    for (const question of questions) this.#asked.delete(question);
  }

  /** Forgets everything. */
  clear(): void {
    this.#asked.clear();
  }

  /** New answers, which begin with some of these. */
  only(isKept: (question: string) => boolean): Answers {
    const kept = new Answers();
    for (const [question, asked] of this.#asked) {
      if (isKept(question)) kept.#asked.set(question, { ...asked, turn: kept.#next() });
    }
    return kept;
  }

  #next(): number {
    this.#turns += 1;
    return this.#turns;
  }
}

function isWithin({ time }: Asked, longest: number): boolean {
  return Date.now() - time <= longest;
}
