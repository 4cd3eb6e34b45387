import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { dynamicType } from "../../components/dynamic/dynamicType";
import type { Seen } from "../../components/vCenter/identity";
import type { StackSettings } from "../../configuration/load";
import { comparableName } from "../../findings/text";
import type { Earlier } from "../../preflight/check";
import { nothingEarlier } from "../../preflight/ours";
import type { EngineState } from "../engineState";
import type { Named } from "./named";

/** What the record of a stack without one begins with. */
export interface RecordedVCenter {
  readonly server: string;
  readonly instanceUuid: string;
  readonly restoredAs: string;
}

type Properties = Record<string, unknown>;

interface Resource extends Properties {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
}

/**
 * Whether the record of a stack lacks names of what its state has, as after a run of this command that was interrupted.
 * A version of the program that had no such record lacks nothing.
 */
export function lacksRecord({ resources }: EngineState, own: readonly Named[]): boolean {
  if (own.length === 0) return false;
  const { type } = dynamicType("vCenter", "VCenter");
  const record = resources.find((one) => one.type === type);
  if (record === undefined) return true;
  const asked = record.outputs["asked"] as Earlier | undefined;
  return asked !== undefined && !isDeepStrictEqual(askedAlso(asked, own), asked);
}

/** The engine's mark of a secret (pulumi/pulumi `sdk/go/common/resource/sig`, Key and Secret). */
const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const nodejsProvider = "pulumi:providers:pulumi-nodejs";

/**
 * The state in which the stack's record of its own names has what was taken over: by that the preview tells a name of
 * the stack from one of others. The record is in the resource VCenter. A state without one gets it, with the engine's
 * provider for it.
 *
 * @param exported the state after the import
 * @returns undefined when the state has it all, or is of a version of the program that had no such record
 */
export function withTaken(
  exported: string,
  taken: readonly Named[],
  vCenter: RecordedVCenter,
  settings: Pick<StackSettings, "values" | "encryptedKeys">,
): string | undefined {
  const state = JSON.parse(exported) as { deployment: { resources: Resource[] } };
  const { resources } = state.deployment;
  const { type, __provider } = dynamicType("vCenter", "VCenter");
  const recorded = resources.findIndex((one) => one.type === type);
  if (recorded === -1) {
    const seen: Seen = {
      asked: askedAlso(nothingEarlier, taken),
      ...{ storagePolicyIds: {}, privilegesLeftOut: [], readiness: {} },
    };
    resources.push(...recordOf({ ...vCenter, ...seen, __provider }, resources, settings));
    return JSON.stringify(state);
  }
  const { inputs = {}, outputs = {} } = resources[recorded] as {
    inputs?: Properties;
    outputs?: Properties;
  };
  const before = outputs["asked"] as Earlier | undefined;
  const asked = before && askedAlso(before, taken);
  if (asked === undefined || isDeepStrictEqual(asked, before)) return undefined;
  resources[recorded] = {
    ...(resources[recorded] as Resource),
    ...{ inputs: { ...inputs, asked }, outputs: { ...outputs, asked } },
  };
  return JSON.stringify(state);
}

/** The resource, and before it the provider where there is none. */
function recordOf(
  inputs: RecordedVCenter & Seen & { readonly __provider: string },
  resources: readonly Resource[],
  { values, encryptedKeys }: Pick<StackSettings, "values" | "encryptedKeys">,
): Resource[] {
  const stack = resources.find((one) => one.type === "pulumi:pulumi:Stack");
  if (stack === undefined) throw new Error("the import left no resource of the stack itself");
  const { type } = dynamicType("vCenter", "VCenter");
  const urnOf = (ofType: string, name: string): string =>
    [...stack.urn.split("::").slice(0, 2), ofType, name].join("::");
  const there = resources.find((one) => one.urn === urnOf(nodejsProvider, "default"));
  // As the engine writes it: with the configuration, for the times at which it runs without the program.
  const configuration = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      encryptedKeys.has(key) ? { ...secretMark, plaintext: JSON.stringify(value) } : value,
    ]),
  );
  const provider = there ?? {
    ...{ urn: urnOf(nodejsProvider, "default"), type: nodejsProvider, custom: true },
    ...{ id: randomUUID(), inputs: configuration, outputs: configuration },
  };
  return [
    ...(there === undefined ? [provider] : []),
    {
      ...{ urn: urnOf(type, "vcenter"), type, custom: true, id: inputs.instanceUuid },
      ...{ inputs, outputs: inputs, parent: stack.urn },
      provider: `${provider.urn}::${provider.id}`,
    },
  ];
}

/** Names that are not asked for, and are the stack's, are among those that it once asked for. */
function askedAlso(earlier: Earlier, taken: readonly Named[]): Earlier {
  const { topology, categories, roles, left, usedTags, ...others } = earlier;
  const own = {
    regions: Object.keys(topology),
    zones: Object.values(topology).flat(),
    categories,
    roles,
  };
  const namesOf = (...subjects: readonly Named["subject"][]): string[] =>
    taken.filter(({ subject }) => subjects.includes(subject)).map(({ name }) => name);
  const leftAlso = (kind: keyof typeof own, names: readonly string[]): string[] => {
    const known = new Set([...own[kind], ...left[kind]].map(comparableName));
    return [...left[kind], ...names.filter((name) => !known.has(comparableName(name)))];
  };
  const tags = new Set(namesOf("region tag", "zone tag").map(comparableName));
  const stillUsed = (used: readonly string[] = []): { usedTags?: string[] } => {
    const rest = used.filter((name) => !tags.has(comparableName(name)));
    return rest.length > 0 ? { usedTags: rest } : {};
  };
  const { usedTags: leftUsed, ...leftOthers } = left;
  return {
    ...{ ...others, topology, categories, roles, ...stillUsed(usedTags) },
    left: {
      ...{ ...leftOthers, ...stillUsed(leftUsed) },
      regions: leftAlso("regions", namesOf("region tag")),
      zones: leftAlso("zones", namesOf("zone tag")),
      categories: leftAlso("categories", namesOf("region category", "zone category")),
      roles: leftAlso("roles", namesOf("role", "read-only role")),
    },
  };
}
