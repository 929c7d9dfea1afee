import { webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import 'reflect-metadata';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { Clock } from '../../clock';
import type { Ids } from '../../ids';

/**
 * The cluster's own certificate authority and the API server's certificate, kept in the data folder so that a kubeconfig
 * stays good across restarts. Keys are made on this machine and readable by their owner only.
 */
export interface ServingCertificates {
  /** PEM, for the kubeconfig and the ConfigMap kube-root-ca.crt. */
  ca: string;
  cert: string;
  key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 24 * 60 * 60 * 1000;
const validMs = 3650 * dayMs;
const files = { ca: 'ca.crt', cert: 'apiserver.crt', key: 'apiserver.key' } as const;

export interface CertificateOptions {
  directory: string;
  clock: Clock;
  ids: Ids;
  /** Addresses under which the API server is reached, in and outside the cluster. */
  addresses: string[];
}

/** Reads the certificates kept in `directory`, or makes and keeps new ones when there are none or they are about to end. */
export async function servingCertificates(options: CertificateOptions): Promise<ServingCertificates> {
  return kept(options) ?? (await make(options));
}

function kept({ directory, clock, addresses }: CertificateOptions): ServingCertificates | undefined {
  try {
    const read = (name: string) => readFileSync(join(directory, name), 'utf8');
    const found = { ca: read(files.ca), cert: read(files.cert), key: read(files.key) };
    const certificate = new NodeCertificate(found.cert);
    const goodFor = Date.parse(certificate.validTo) - clock.now();
    const covers = addresses.every((address) => certificate.checkIP(address) !== undefined);
    return goodFor > 30 * dayMs && covers ? found : undefined;
  } catch {
    return undefined;
  }
}

async function make({ directory, clock, ids, addresses }: CertificateOptions): Promise<ServingCertificates> {
  const crypto = webcrypto as unknown as Crypto;
  x509.cryptoProvider.set(crypto);
  const span = { notBefore: new Date(clock.now() - dayMs), notAfter: new Date(clock.now() + validMs) };
  const caKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `01${ids.hex(16)}`,
    name: 'CN=ordinal-practice-ca',
    ...span,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names = [
    'localhost',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: `02${ids.hex(16)}`,
    subject: 'CN=kube-apiserver',
    issuer: ca.subject,
    ...span,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        ...addresses.map((value) => ({ type: 'ip' as const, value })),
        ...names.map((value) => ({ type: 'dns' as const, value })),
      ]),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const made = {
    ca: `${ca.toString('pem')}\n`,
    cert: `${cert.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
  };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  for (const part of ['ca', 'cert', 'key'] as const)
    writeFileSync(join(directory, files[part]), made[part], { mode: 0o600 });
  return made;
}
