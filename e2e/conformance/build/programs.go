//go:build programs

// Package conformance names the programs whose modules go.mod and go.sum pin: Kubernetes' own tests, and what runs several of them side by
// side. The kubectl that they call is built in e2e/kubectl/build.
package conformance

import (
	_ "github.com/onsi/ginkgo/v2/ginkgo"
	_ "k8s.io/kubernetes/test/e2e"
)
