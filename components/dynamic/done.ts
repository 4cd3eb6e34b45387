import { countedText, plainText, say } from "../../findings/words";

/** What is counted of what was done in vCenter: the word for one, and what was done with it. */
const kinds = {
  attached: ["tag", "attached"],
  detached: ["tag", "taken off"],
  granted: ["permission", "granted"],
  removed: ["permission", "removed"],
} as const;

/** What can be done with tags and permissions. */
export type DoneKind = keyof typeof kinds;

/**
 * Counts what an `up` does with tags on objects and with permissions, for a sentence at its end. What else it makes, the
 * engine counts itself, a resource each; all attachments are one resource.
 */
export class Done {
  readonly #counts = new Map<DoneKind, number>();
  readonly #failed: string[] = [];

  /** Counts what was done. */
  add(kind: DoneKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  /** Takes down what did not work: `permission of deckhouse@vsphere.local on /X2`. */
  fail(what: string): void {
    this.#failed.push(what);
  }

  /** The sentence, once; undefined when there was nothing to do. */
  text(): string | undefined {
    const parts = (Object.keys(kinds) as DoneKind[]).flatMap((kind) => {
      const count = this.#counts.get(kind);
      const [what, verb] = kinds[kind];
      return count === undefined ? [] : [`${countedText(count, what)} ${verb}`];
    });
    const failed = [...new Set(this.#failed)];
    this.#counts.clear();
    this.#failed.length = 0;
    if (parts.length === 0 && failed.length === 0) return undefined;
    const done = `done in vCenter: ${parts.length === 0 ? "nothing" : parts.join(", ")}`;
    return failed.length === 0
      ? done
      : `${done}. Did not work: ${plainText(say`${failed}`)}. The errors say why; what was done is in the state, and the next up does the rest`;
  }
}
