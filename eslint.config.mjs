import { defineConfig, globalIgnores } from "eslint/config";
import typescript from "typescript-eslint";

export default defineConfig(
  globalIgnores([
    "sdks/",
    ".compiled/",
    ".lab/",
    ".mutants/",
    ".template-images/",
    "node_modules/",
    "**/*.generated.ts",
    // A program of its own, with packages of its own.
    "examples/package/",
  ]),
  {
    files: ["**/*.ts"],
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: "./tsconfig.test.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in messages are fine; anything else without a text of its own is not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `_` marks what has to be named but is not used, as in taking properties off an object.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // tsconfig's noPropertyAccessFromIndexSignature is off; both notations are fine.
      "@typescript-eslint/dot-notation": "off",
      // Short arrow functions that only hand on a call's nothing.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Mocha gives `this.timeout` only to functions.
      "prefer-arrow-callback": "off",
      // A test says what must be there; if it is not, it fails, which is its purpose.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // What runs before anything is compiled: no type checker looks at it.
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: Object.fromEntries(
        ["require", "module", "process", "console", "__dirname", "__filename", "Buffer"].map(
          (name) => [name, "readonly"],
        ),
      ),
    },
    rules: {
      "no-undef": "error",
      "no-unused-vars": "error",
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
    },
  },
);
