// A stand-in for the script that Salesforce serves: the documented methods of Open CTI for
// Lightning, carried to the page around the frame by messages of our own.
(function () {
  'use strict';

  var host = new URL(document.currentScript.src).origin;
  var last = 0;
  var callbacks = {};
  var listeners = { clickToDial: [], navigationChange: [] };

  function call(method, parameters) {
    var id = ++last;
    var sent = {};
    Object.keys(parameters || {}).forEach(function (key) {
      if (typeof parameters[key] !== 'function') {
        sent[key] = parameters[key];
      }
    });
    if (parameters && typeof parameters.callback === 'function') {
      callbacks[id] = parameters.callback;
    }
    window.parent.postMessage({ openCti: 'call', id: id, method: method, parameters: sent }, host);
  }

  window.addEventListener('message', function (event) {
    if (event.origin !== host || event.source !== window.parent || !event.data) {
      return;
    }
    if (event.data.openCti === 'result' && callbacks[event.data.id]) {
      callbacks[event.data.id](event.data.result);
      delete callbacks[event.data.id];
    } else if (event.data.openCti === 'event') {
      (listeners[event.data.name] || []).forEach(function (listener) {
        listener(event.data.payload);
      });
    }
  });

  var opencti = {
    CALL_TYPE: { INBOUND: 'inbound', OUTBOUND: 'outbound', INTERNAL: 'internal' },
    SCREENPOP_TYPE: {
      SOBJECT: 'sobject',
      URL: 'url',
      OBJECTHOME: 'objecthome',
      LIST: 'list',
      SEARCH: 'search',
      NEW_RECORD_MODAL: 'newRecord',
      FLOW: 'flow',
    },
    onClickToDial: function (parameters) {
      listeners.clickToDial.push(parameters.listener);
    },
    onNavigationChange: function (parameters) {
      listeners.navigationChange.push(parameters.listener);
    },
  };

  [
    'disableClickToDial',
    'enableClickToDial',
    'getAppViewInfo',
    'getCallCenterSettings',
    'getSoftphoneLayout',
    'isSoftphonePanelVisible',
    'notifyInitializationComplete',
    'refreshView',
    'runApex',
    'saveLog',
    'screenPop',
    'searchAndScreenPop',
    'setSoftphoneItemIcon',
    'setSoftphoneItemLabel',
    'setSoftphonePanelHeight',
    'setSoftphonePanelIcon',
    'setSoftphonePanelLabel',
    'setSoftphonePanelVisibility',
    'setSoftphonePanelWidth',
  ].forEach(function (method) {
    opencti[method] = function (parameters) {
      call(method, parameters);
    };
  });

  window.sforce = window.sforce || {};
  window.sforce.opencti = opencti;
})();
