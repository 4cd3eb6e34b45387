import { nearest } from "../../../findings/nearest";
import type { TagCategory } from "../../../vcenter";
import { failuresOf, type CheckResult } from "../../dynamic/dynamicProvider";
import { asProviderError } from "../../dynamic/errors";
import type { LiveView } from "../../dynamic/liveView";
import { LookupProvider } from "../../dynamic/lookupProvider";

/** The inputs of a CategoryLookup resource, as the provider process receives them. */
export interface CategoryLookupInputs {
  /**
   * The categories by name, each with the key of the configuration that says that it exists, for messages:
   * `{"k8s-region": "categories.region.existing"}`.
   */
  readonly settings: Readonly<Record<string, string>>;
}

/** What `check` makes of them, and what the state holds: only what is among the inputs is known at the first preview. */
export interface CategoryLookupOutputs extends CategoryLookupInputs {
  /** The ids, by the categories' names; empty for one that is not there. */
  readonly categoryIds: Readonly<Record<string, string>>;
}

type Outputs = CategoryLookupOutputs;

/**
 * Finds categories that others made, and changes nothing. The provider's own function for that ends the program with a
 * stack trace when there is none.
 */
export class CategoryLookupProvider extends LookupProvider<Outputs> {
  override async check(
    _olds: Partial<Outputs>,
    { settings }: CategoryLookupInputs,
  ): Promise<CheckResult<Outputs>> {
    try {
      const { categoryIds, faults } = await this.session.read((live) => findAll(live, settings));
      return { inputs: { settings, categoryIds }, failures: failuresOf(faults) };
    } catch (error) {
      const failures = failuresOf([asProviderError(error).message]);
      return { inputs: { settings, categoryIds: {} }, failures };
    }
  }

  protected override idOf(inputs: Outputs): string {
    return Object.keys(inputs.settings).join(" ");
  }

  protected override plain({ settings, categoryIds }: Outputs): Outputs {
    return { settings, categoryIds };
  }
}

async function findAll(
  live: LiveView,
  settings: CategoryLookupInputs["settings"],
): Promise<{ readonly categoryIds: Record<string, string>; readonly faults: string[] }> {
  const categoryIds: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const found = await live.category(name);
    categoryIds[name] = found?.id ?? "";
    if (found === undefined) faults.push(missing(name, setting, await live.categories()));
  }
  return { categoryIds, faults };
}

function missing(name: string, setting: string, categories: readonly TagCategory[]): string {
  const names = categories.map((category) => category.name).sort();
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : ` (the nearest that exists is ${meant})`;
  return (
    `${setting}: found true: vCenter has no tag category ${name}, or this account cannot see it: write ` +
    `${setting}: false, and this stack makes the category, or correct its name${hint}`
  );
}
