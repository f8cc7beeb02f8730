/** Whether a media type is one of the API's binary ones; parameters such as a boundary do not count. */
export const isBinary = (mediaType: string | undefined, binaryMediaTypes: readonly string[]): boolean => {
  if (binaryMediaTypes.includes('*/*')) return true;
  const essence = mediaType?.split(';', 1)[0]?.trim().toLowerCase();
  return essence !== undefined && binaryMediaTypes.some((binary) => binary.toLowerCase() === essence);
};
