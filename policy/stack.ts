import { findSetting, type FoundSetting, type SettingName } from "../configuration/settings";

/** What a policy knows of the stack beside its resources. */
export interface CheckedStack {
  /** The name, `prod`. */
  readonly name: string;
  /** All keys of its configuration with their values, decrypted; lists and objects as JSON text. */
  readonly values: Readonly<Record<string, string>>;
  /** The variables of the environment, which stand in for settings that the configuration does not have. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads what the language host tells a policy pack: in variables, decrypted.
 *
 * Source: pulumi/pulumi, sdk/nodejs/cmd/pulumi-language-nodejs/main.go, RunPlugin.
 */
export function checkedStack(environment: NodeJS.ProcessEnv): CheckedStack {
  return {
    name: environment["PULUMI_NODEJS_STACK"] ?? "",
    values: JSON.parse(environment["PULUMI_CONFIG"] || "{}") as Record<string, string>,
    environment,
  };
}

/** A setting of the stack, with the key or the variable that has it. */
export function settingOf({ values, environment }: CheckedStack, name: SettingName): FoundSetting {
  return findSetting({ lookup: (key) => values[key], environment }, name);
}
