// How many people and pictures the galleries hold changes while the page is open.
import { api, ApiError } from "./api.js";
import { service } from "./state.js";

export async function learnGalleries() {
  try {
    service.galleries = (await api.galleries()).galleries;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
