// Command kubectl is the real kubectl of the Kubernetes version that the practice cluster announces, built from its own modules, for the
// tests that no other kubectl can stand in for.
package main

import (
	"k8s.io/component-base/cli"
	"k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
)

func main() {
	if err := cli.RunNoErrOutput(cmd.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
