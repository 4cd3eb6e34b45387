import { connectionFrom } from "../../configuration/connection";
import { ownKeys, type StackSettings } from "../../configuration/load";
import { unencryptedSecrets } from "../../configuration/secrets";
import { ConfigurationError } from "../../findings/finding";
import { configurationSchema } from "../../configuration/schema";
import type { Json } from "./places";

/** `Pulumi.<stack>.yaml`, read. */
export interface StackFile {
  readonly config: Readonly<Record<string, Json>>;
}

/** The connection as a user has it in the environment, so that no key of it is needed in the file. */
const environment = {
  VSPHERE_SERVER: "vcenter.example.com",
  VSPHERE_USER: "administrator@vsphere.local",
  VSPHERE_PASSWORD: "hunter2",
};

/**
 * What the engine hands over of a file, as seen with release 3.259: text as it is, everything else as JSON, and what is
 * encrypted decrypted.
 *
 * @param file the file; `{secure: text}` in it stands for the encrypted text
 */
export function handedOver({ config }: StackFile): StackSettings {
  const keys = Object.keys(config);
  return {
    values: Object.fromEntries(keys.map((key) => [key, textOf(config[key]!)])),
    encryptedKeys: new Set(keys.filter((key) => encryptedText(config[key]!) !== undefined)),
    environment,
  };
}

function textOf(value: Json): string {
  return encryptedText(value) ?? (typeof value === "string" ? value : JSON.stringify(value));
}

/** Whether the program takes every key of a file by itself, as it reads it; the rules between keys are left out. */
export function isTaken(file: StackFile): boolean {
  const settings = handedOver(file);
  return (
    unencryptedSecrets(settings).length === 0 &&
    isConnection(settings) &&
    configurationSchema.safeParse(ownKeys(settings.values)).success
  );
}

function isConnection({ values, environment: variables }: StackSettings): boolean {
  try {
    connectionFrom({ lookup: (key) => values[key], environment: variables });
    return true;
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return false;
    }
    throw error;
  }
}

function encryptedText(value: Json): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  const { secure } = value;
  return typeof secure === "string" && Object.keys(value).length === 1 ? secure : undefined;
}
