/** The most that a Kubernetes label takes (Kubernetes, "Labels and Selectors"). */
const longestName = 63;

/**
 * Part of a tag's name, made of a name of vCenter: lower-case letters, digits and single dashes.
 *
 * @returns empty when nothing of the name is left, as of one in Chinese
 */
export function slug(name: string): string {
  return (
    name
      // vCenter stores / \ % inside a name as %2f %5c %25.
      .replaceAll(/%(?:2f|5c|25)/gi, "-")
      .normalize("NFD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "")
  );
}

/** `a` to `z`, then `aa`, `ab`: the letter of a zone, as the setup guide names zones. */
export function letter(index: number): string {
  const last = String.fromCharCode("a".charCodeAt(0) + (index % 26));
  return index < 26 ? last : `${letter(Math.floor(index / 26) - 1)}${last}`;
}

/** Gives names that nobody else has. vCenter compares them without case. */
export class FreeNames {
  readonly #taken: Set<string>;

  /** @param taken names that are in use */
  constructor(taken: Iterable<string>) {
    this.#taken = new Set([...taken].map((name) => name.toLowerCase()));
  }

  /** The name, shortened to what a label takes, with a number behind it where it is taken. */
  next(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const end = number === 1 ? "" : `-${number}`;
      const name = `${wanted.slice(0, longestName - end.length).replace(/-+$/, "")}${end}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}
