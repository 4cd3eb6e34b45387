import { createRequire } from "node:module";

/** A pattern that stands for whole names, as Go's regexp reads it. */
export interface GoPattern {
  readonly matches: (name: string) => boolean;
}

/**
 * Reads a pattern as Deckhouse does: as a regular expression of Go for the whole of a name. JavaScript takes other
 * patterns than Go does, and other ones not.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/discover.go`, which stops for good at one
 * that cannot be read (regexp.MustCompile).
 *
 * @param pattern what stands between `^(` and `)$`
 * @returns what Go says of a pattern that it does not read, otherwise
 */
export function goPattern(pattern: string): GoPattern | { readonly fault: string } {
  // Loaded where it is needed: most configurations have no pattern, and it takes 20 ms.
  const { RE2JS } = createRequire(__filename)("re2js") as typeof import("re2js");
  try {
    const compiled = RE2JS.compile(`^(${pattern})$`);
    return { matches: (name) => compiled.matcher(name).find() };
  } catch (error) {
    return { fault: faultOf(() => RE2JS.compile(pattern)) ?? messageOf(error) };
  }
}

/** What Go says of the pattern as it is written: of the whole it quotes what nobody wrote. */
function faultOf(compile: () => unknown): string | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return (error as Error).message.replace(/^error parsing regexp: /, "");
}
