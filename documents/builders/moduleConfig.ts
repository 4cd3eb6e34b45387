import type { ModuleConfigDocument } from "../types";

/** The settings that a module has. */
type SettingsOf<Module extends ModuleConfigDocument> = NonNullable<Module["spec"]["settings"]>;

/**
 * Builds the document that turns a module on.
 *
 * @param name the module
 * @param version of its settings
 * @param settings left out when there are none
 */
export function moduleConfig<Module extends ModuleConfigDocument>(
  name: Module["metadata"]["name"],
  version: Module["spec"]["version"],
  settings: SettingsOf<Module>,
): Module {
  const given = Object.keys(settings).length > 0 ? { settings } : {};
  return {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: { name },
    spec: { version, enabled: true, ...given },
  } as Module;
}
