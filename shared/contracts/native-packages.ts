/** Packages with native code that functions may carry. Bundles leave them out; infra installs them for Lambda. */
export const NATIVE_PACKAGES = ['sharp'] as const;

export type NativePackage = (typeof NATIVE_PACKAGES)[number];
