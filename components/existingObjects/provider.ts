import type { Finding } from "../../findings/finding";
import { comparableName, nearest } from "../../findings/text";
import {
  LookupProvider,
  plain,
  unknownValue,
  type Bag,
  type CheckResult,
} from "../dynamic/dynamicProvider";
import type { LiveView } from "../dynamic/liveView";
import type { ExistingObjectsInputs, ExistingObjectsOutputs } from "./existingObjects";

type Outputs = ExistingObjectsOutputs;

/**
 * Finds categories, tags and roles that others made, and changes nothing. The functions of the vSphere provider for that
 * end the program with a stack trace when there is no such object.
 */
export class ExistingObjectsProvider extends LookupProvider<Outputs> {
  protected readonly topic = "existing";
  override check(
    olds: Partial<Outputs>,
    news: Bag<ExistingObjectsInputs>,
  ): Promise<CheckResult<Outputs>> {
    return this.checked<Outputs>(
      async () => {
        const { ids, findings } = await this.session.read((live) => findAll(live, news));
        return { inputs: { ...news, ...ids }, findings };
      },
      { ...news, ...knownIds(olds, news) },
    );
  }

  protected override idOf(inputs: Bag<Outputs>): string {
    const { categories, tags, roles } = plain(inputs);
    return [categories, tags, roles].flatMap((named) => Object.keys(named ?? {})).join(" ");
  }
}

type Ids = Pick<Outputs, "categoryIds" | "tagIds" | "roleIds">;

/** The ids that the state has, for a preview that does without vCenter; what is new is not known. */
function knownIds(
  olds: Partial<Outputs>,
  { categories = {}, tags = {}, roles = {} }: ExistingObjectsInputs,
): Ids {
  const idsOf = (names: object, ids: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, ids[name] ?? unknownValue]));
  return {
    categoryIds: idsOf(categories, olds.categoryIds),
    tagIds: idsOf(tags, olds.tagIds),
    roleIds: idsOf(roles, olds.roleIds),
  };
}

/** What has a name in vCenter. */
interface Named {
  readonly name: string;
}

async function findAll(
  live: LiveView,
  { categories = {}, tags = {}, roles = {} }: ExistingObjectsInputs,
): Promise<{ readonly ids: Ids; readonly findings: Finding[] }> {
  const categoryIds: Record<string, string> = {};
  const tagIds: Record<string, string> = {};
  const roleIds: Record<string, string> = {};
  const findings: Finding[] = [];
  for (const [name, setting] of Object.entries(categories)) {
    const found = await live.category(name);
    if (found !== undefined) categoryIds[name] = found.id;
    else findings.push(missing(setting, `tag category ${name}`, name, await live.categories()));
  }
  for (const [name, { setting, category: categoryName }] of Object.entries(tags)) {
    const category = await live.category(categoryName);
    const known = category === undefined ? [] : await live.tags(category.id);
    const found = named(name, known);
    if (found !== undefined) tagIds[name] = found.id;
    // A category of others that is missing is told above.
    else if (category !== undefined || categories[categoryName] === undefined) {
      findings.push(missing(setting, `tag ${name} in category ${categoryName}`, name, known));
    }
  }
  for (const [name, setting] of Object.entries(roles)) {
    const known = await live.roles();
    const found = named(name, known);
    if (found !== undefined) roleIds[name] = String(found.id);
    else findings.push(missing(setting, `role ${name}`, name, known));
  }
  return { ids: { categoryIds, tagIds, roleIds }, findings };
}

/** The one of exactly that name, or as vCenter compares names. */
function named<One extends Named>(name: string, all: readonly One[]): One | undefined {
  return (
    all.find((one) => one.name === name) ??
    all.find((one) => comparableName(one.name) === comparableName(name))
  );
}

function missing(setting: string, what: string, name: string, all: readonly Named[]): Finding {
  const meant = nearest(name, all.map((one) => one.name).sort());
  const hint = meant === undefined ? "" : ` (the nearest that exists is ${meant})`;
  return {
    severity: "error",
    where: setting,
    found: "true",
    wrong: `vCenter has no ${what}, or this account cannot see it`,
    remedy: `write ${setting}: false to have this stack create it, or correct its name${hint}`,
  };
}
