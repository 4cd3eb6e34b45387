import { finding, type Finding } from "../findings/finding";
import { isSpeakable } from "../findings/text";
import { builderOf, missingSecret } from "./secrets";
import { findSetting, settings, type SettingSources } from "./settings";
import type { TemplateImage } from "./types";

/** Where the program that builds templates finds the password of its account. */
export interface BuildingPassword {
  /** The password, when the stack's configuration has it. A secret. */
  readonly value?: string | undefined;
  /** The variable of the environment that has it otherwise, and need not be handed on. */
  readonly variable: string;
}

/** The password of who builds templates: of the account of its own, or of the one that prepares everything. */
export function buildingPasswordFrom(
  { lookup }: SettingSources,
  image: TemplateImage | undefined,
): BuildingPassword {
  const { key, variable } = settings[passwordNameOf(image)];
  return { value: lookup(key) || undefined, variable };
}

function passwordNameOf(image: TemplateImage | undefined): "password" | "templateImagePassword" {
  return builderOf(image) === undefined ? "password" : "templateImagePassword";
}

/** The building account's password is missing, or no login can hand it over: in XML to vCenter, in a variable to Packer. */
export function buildingPasswordFaults(
  sources: SettingSources,
  image: TemplateImage | undefined,
): Finding[] {
  const builder = builderOf(image);
  const { value, source } = findSetting(sources, passwordNameOf(image));
  if (value === undefined) {
    return builder === undefined
      ? []
      : [
          missingSecret(
            "templateImagePassword",
            `building the template needs the password of ${builder}`,
          ),
        ];
  }
  // What is at an end of it is among the ends of all secrets.
  return image?.kind !== "built" || isSpeakable(value.trim())
    ? []
    : [
        finding(
          source,
          value,
          "it has a control character or a carriage return in it, which cannot be sent to vCenter",
          "set it again without; if it came out of a file, the file has more in it than the password",
        ),
      ];
}
