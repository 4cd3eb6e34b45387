import fc from "fast-check";
import type { z } from "zod";
import type { configurationSchema } from "../../configuration";

/** A configuration as a user writes it. */
export type RawConfiguration = z.input<typeof configurationSchema>;

/** Parts of it. */
export type RawRegion = RawConfiguration["regions"][number];
export type RawCluster = NonNullable<RawConfiguration["clusterConfiguration"]>;
export type RawInstanceClass = NonNullable<RawCluster["masterNodeGroup"]>["instanceClass"];
export type RawNetwork = NonNullable<RawCluster["networks"]>[number];
/** A name that Kubernetes takes; `0` and `-` inside make it as awkward as allowed. */
export const word = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/);

/** A name as vSphere allows it, with capitals and blanks inside. */
export const objectName = fc.stringMatching(/^[A-Za-z0-9_]([-A-Za-z0-9_. ]{0,10}[A-Za-z0-9_])?$/);

/** A copy of an object without the keys that are undefined. */
export function defined<T extends object>(
  value: T,
): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}

/** A value, or none. */
export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
