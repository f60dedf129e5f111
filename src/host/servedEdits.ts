/** What a page of a designer asks to be changed: each request is checked, and made by `DesignerEdits`. */
import type { EditResult, HostApi } from '../protocol';
import type { Served } from '../rpc';
import type { DesignerEdits } from './designerEdits';
import { asEdit, asIndex, asLayers, asStart, asVersion } from './messageChecks';

type EditApi = Pick<HostApi, 'edit' | 'copyLayers' | 'cutLayers' | 'pasteLayers' | 'create'>;

/** @param designed hears of each change that was made */
export function servedEdits(edits: DesignerEdits, designed: () => void): Served<EditApi> {
  const telling = async (edit: Promise<EditResult>): Promise<EditResult> => {
    const result = await edit;
    if (result.applied) designed();
    return result;
  };
  return {
    edit: (edit, base) => telling(edits.edit(asEdit(edit), asVersion(base))),
    copyLayers: (layers, base) => edits.copyLayers(asLayers(layers), asVersion(base)),
    cutLayers: (layers, base) => telling(edits.cutLayers(asLayers(layers), asVersion(base))),
    pasteLayers: (at, base) => telling(edits.pasteLayers(asIndex(at, 'index'), asVersion(base))),
    create: start => telling(edits.create(asStart(start))),
  };
}
