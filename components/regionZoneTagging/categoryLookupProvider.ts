import type { Finding } from "../../findings/finding";
import { nearest } from "../../findings/text";
import type { TagCategory } from "../../vcenter";
import { LookupProvider, unknownValue, type CheckResult } from "../dynamic/dynamicProvider";
import type { LiveView } from "../dynamic/liveView";
import type { CategoryLookupInputs, CategoryLookupOutputs } from "./regionZoneTagging";

type Outputs = CategoryLookupOutputs;

/**
 * Finds categories that others made, and changes nothing. The function of the vSphere provider for that ends the program
 * with a stack trace when there is none.
 */
export class CategoryLookupProvider extends LookupProvider<Outputs> {
  override check(
    { categoryIds: known = {} }: Partial<Outputs>,
    { settings }: CategoryLookupInputs,
  ): Promise<CheckResult<Outputs>> {
    return this.checked<Outputs>(
      async () => {
        const { categoryIds, findings } = await this.session.read((live) =>
          findAll(live, settings),
        );
        return { inputs: { settings, categoryIds }, findings };
      },
      {
        settings,
        categoryIds: Object.fromEntries(
          Object.keys(settings).map((name) => [name, known[name] ?? unknownValue]),
        ),
      },
    );
  }

  protected override idOf(inputs: Outputs): string {
    return Object.keys(inputs.settings).join(" ");
  }
}

async function findAll(
  live: LiveView,
  settings: CategoryLookupInputs["settings"],
): Promise<{ readonly categoryIds: Record<string, string>; readonly findings: Finding[] }> {
  const categoryIds: Record<string, string> = {};
  const findings: Finding[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const found = await live.category(name);
    categoryIds[name] = found?.id ?? "";
    if (found === undefined) findings.push(missing(name, setting, await live.categories()));
  }
  return { categoryIds, findings };
}

function missing(name: string, setting: string, categories: readonly TagCategory[]): Finding {
  const names = categories.map((category) => category.name).sort();
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : ` (the nearest that exists is ${meant})`;
  return {
    severity: "error",
    where: setting,
    found: "true",
    wrong: `vCenter has no tag category ${name}, or this account cannot see it`,
    remedy: `write ${setting}: false to have this stack create it, or correct its name${hint}`,
  };
}
