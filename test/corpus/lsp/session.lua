-- One session of Neovim without a screen: opens a file, waits for diagnostics, asks for a hover, applies a code action,
-- and writes down what an editor would have shown. Works with 0.7, whose client API later versions keep.
local env = vim.env
local out = { version = tostring(vim.version().major) .. "." .. vim.version().minor }

local function finish()
  local file = assert(io.open(env.APE_OUT, "w"))
  file:write(vim.fn.json_encode(out))
  file:close()
  vim.cmd("qall!")
end

local function start(name, cmd, options)
  local id = assert(vim.lsp.start_client({
    name = name,
    cmd = cmd,
    root_dir = env.APE_ROOT,
    init_options = options,
    workspace_folders = { { uri = vim.uri_from_fname(env.APE_ROOT), name = name } },
  }))
  assert(vim.lsp.buf_attach_client(0, id))
  return id
end

-- What is marked, cut out of the buffer by the columns that Neovim has made of it (bytes).
local function squiggles(id)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0, { namespace = vim.lsp.diagnostic.get_namespace(id) })) do
    local line = vim.api.nvim_buf_get_lines(0, each.lnum, each.lnum + 1, false)[1] or ""
    table.insert(found, {
      line = each.lnum + 1,
      marked = line:sub(each.col + 1, each.end_col),
      code = each.user_data and each.user_data.lsp and each.user_data.lsp.code or each.code,
    })
  end
  return found
end

local function request(id, method, params)
  local client = vim.lsp.get_client_by_id(id)
  local answer = client.request_sync(method, params, 60000, 0)
  return answer and answer.result
end

local function main()
  vim.cmd("edit " .. vim.fn.fnameescape(env.APE_FILE))
  local ape = start("ape-lint", vim.fn.json_decode(env.APE_CMD), { offline = true })
  local other = env.APE_OTHER and start("rust-analyzer", { env.APE_OTHER })
  local wanted = tonumber(env.APE_WANTED)
  vim.wait(120000, function() return #squiggles(ape) >= wanted end, 50)
  out.before = squiggles(ape)

  local at = vim.fn.json_decode(env.APE_AT)
  local document = { uri = vim.uri_from_bufnr(0) }
  local hover = request(ape, "textDocument/hover", { textDocument = document, position = at })
  out.hover = hover and hover.contents.value
  local range = { start = at, ["end"] = at }
  local context = { diagnostics = {} }
  local actions = request(ape, "textDocument/codeAction", {
    textDocument = document,
    range = range,
    context = context,
  }) or {}
  out.titles = {}
  for _, action in ipairs(actions) do
    table.insert(out.titles, action.title)
    if action.isPreferred and not out.applied then
      out.applied = action.title
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(ape).offset_encoding)
    end
  end
  -- Until the server has answered, old columns mark parts of the new text.
  local function changed()
    for _, each in ipairs(squiggles(ape)) do
      if each.marked == env.APE_BECOMES then return true end
    end
    return false
  end
  vim.wait(60000, changed, 50)
  out.edited = squiggles(ape)
  if other then
    local symbols = request(other, "textDocument/documentSymbol", { textDocument = document })
    out.symbols = symbols and #symbols or 0
    out.clients = #vim.lsp.buf_get_clients(0)
  end
  vim.cmd("write")
  out.messages = vim.fn.execute("messages")
end

local ok, problem = pcall(main)
if not ok then out.problem = tostring(problem) end
finish()
