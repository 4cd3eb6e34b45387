// Command generate-vsphere-sdk writes the TypeScript package @pulumi/vsphere, cut to what this project uses, from the
// schema of the vSphere plugin.
//
//	pulumi-resource-vsphere schema | generate-vsphere-sdk -out sdks/vsphere
//
// The package has the name, version, type tokens, inputs and outputs of the official one, so the official package can
// take its place without a change to the program. Descriptions of the provider's authors are left out.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	out := flag.String("out", "", "folder to write the package to; its generated files are replaced")
	flag.Parse()
	if *out == "" || flag.NArg() != 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.Stdin, *out); err != nil {
		fmt.Fprintln(os.Stderr, "generate-vsphere-sdk:", err)
		os.Exit(1)
	}
}

func run(input io.Reader, out string) error {
	var spec schema.PackageSpec
	if err := json.NewDecoder(input).Decode(&spec); err != nil {
		return fmt.Errorf("cannot read the schema from standard input: %w", err)
	}
	if err := cut(&spec); err != nil {
		return err
	}
	files, err := generate(spec)
	if err != nil {
		return err
	}
	return write(out, files)
}

// generate makes the package's files, by path.
func generate(spec schema.PackageSpec) (map[string][]byte, error) {
	loader := schema.NewCachedLoader(nil)
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{})
	if err != nil {
		return nil, fmt.Errorf("cannot bind the schema: %w", err)
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("the schema has faults: %w", diagnostics)
	}
	files, err := nodejs.GeneratePackage("pulumi", pkg, nil, nil, false, loader)
	if err != nil {
		return nil, fmt.Errorf("cannot generate the package: %w", err)
	}
	files["package.json"], err = localPackage(files["package.json"])
	return files, err
}

// localPackage changes the generated package.json for a package that lives in this repository: its compiled form is
// made by the repository's own compiler, and is what programs load.
func localPackage(generated []byte) ([]byte, error) {
	var manifest map[string]any
	if err := json.Unmarshal(generated, &manifest); err != nil {
		return nil, fmt.Errorf("cannot read the generated package.json: %w", err)
	}
	delete(manifest, "scripts")
	delete(manifest, "devDependencies")
	manifest["main"] = "bin/index.js"
	manifest["types"] = "bin/index.d.ts"
	content, err := json.MarshalIndent(manifest, "", "  ")
	return append(content, '\n'), err
}

// write replaces the folder's content, so that a file which is no longer generated does not stay behind.
func write(out string, files map[string][]byte) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	for name, content := range files {
		path := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
