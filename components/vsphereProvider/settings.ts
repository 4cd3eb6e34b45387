import { allSettings } from "../../configuration/settings";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment for the vSphere provider: its settings as the stack has them now, in the variables that it falls back
 * on. The engine hands every plugin the keys of its own namespace in PULUMI_CONFIG, secrets in the clear
 * (pulumi/pulumi, `pkg/host/host.go`); they count before the variables, as for the program.
 */
export function providerEnvironment(environment: Environment): Environment {
  const configuration = pluginConfiguration(environment["PULUMI_CONFIG"]);
  const settings = allSettings.flatMap(({ key, variable }) => {
    const [namespace, name = ""] = key.split(":");
    const value = namespace === "vsphere" ? configuration[name] : undefined;
    return variable === undefined || !value ? [] : [[variable, value] as const];
  });
  return { ...environment, ...Object.fromEntries(settings) };
}

function pluginConfiguration(text: string | undefined): Readonly<Record<string, string>> {
  const parsed: unknown = text === undefined || text === "" ? {} : JSON.parse(text);
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, string>) : {};
}
